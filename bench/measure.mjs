// Compares in turn: piko, raw, piko, raw …, after a warm-up of each. The ratio is the median of the pairs' ratios,
// since both of a pair ran under the same load. The medians of both sides show the scale.

/** Returns a row for each stage of the comparison: `{title, raw, goal, piko, rawSide, ratio, spread, runs}`. */
export function measure({ stages, lap }, runs) {
  lap(0)
  const laps = Array.from({ length: runs }, (_, index) => lap(index + 1))
  return stages.map((stage, index) => {
    const pairs = laps.map(pairsOfLap => pairsOfLap[index])
    const ratios = pairs.map(({ piko, raw }) => piko / raw)
    return {
      ...stage,
      piko: quantile(
        pairs.map(({ piko }) => piko),
        0.5,
      ),
      rawSide: quantile(
        pairs.map(({ raw }) => raw),
        0.5,
      ),
      ratio: quantile(ratios, 0.5),
      spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
      runs,
    }
  })
}

function quantile(numbers, part) {
  const sorted = [...numbers].sort((one, other) => one - other)
  const at = (sorted.length - 1) * part
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return below + (above - below) * (at - Math.floor(at))
}
