// Compares in turn: piko, raw, piko, raw …, after a warm-up of each. The ratio is the median of the pairs' ratios,
// since both of a pair ran under the same load. The medians of both sides show the scale.

/** Returns a row for each stage of the comparison: `{title, raw, goal, pikoMs, rawMs, ratio, runs}`. */
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
