// A comparison in turn: piko, raw, piko, raw … after a warm-up of each. Its ratio is the median of the pairs' ratios, since
// the two of a pair met the same machine; medians of the two sides stand beside it to give an idea of the size.

/** Answers a row for each stage of the comparison: `{title, raw, goal, pikoMs, rawMs, ratio, runs}`. */
export function measure({ stages, lap }, runs) {
  lap(0)
  const laps = Array.from({ length: runs }, (_, index) => lap(index + 1))
  return stages.map((stage, index) => {
    const pairs = laps.map(pairsOfLap => pairsOfLap[index])
    return {
      ...stage,
      pikoMs: median(pairs.map(({ piko }) => piko)),
      rawMs: median(pairs.map(({ raw }) => raw)),
      ratio: median(pairs.map(({ piko, raw }) => piko / raw)),
      runs,
    }
  })
}

function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
