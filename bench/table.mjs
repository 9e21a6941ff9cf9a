// Prints the table row by row, since rows that need an engine are slow. It is Markdown, as in docs/benchmarks.md.

const COLUMNS = [
  ['piko', 'title', 32],
  ['against', 'raw', 58],
  ['runs', 'runs', -4],
  ['piko', 'piko', -8],
  ['raw', 'rawSide', -8],
  ['ratio', 'ratio', -5],
  ['half of them', 'spread', -12],
  ['goal', 'goal', -5],
  ['', 'verdict', 6],
]

export function showTitles() {
  show(Object.fromEntries(COLUMNS.map(([title, key]) => [key, title])))
  show(
    Object.fromEntries(
      COLUMNS.map(([, key, width]) => [key, `${'-'.repeat(Math.abs(width) - 1)}${width < 0 ? ':' : '-'}`]),
    ),
  )
}

export function showRow({ goal, ratio, spread, piko, rawSide, unit = 'ms', ...row }) {
  show({
    ...row,
    piko: `${piko.toFixed(0)} ${unit}`,
    rawSide: `${rawSide.toFixed(0)} ${unit}`,
    ratio: ratio.toFixed(2),
    spread: spread.map(part => part.toFixed(2)).join('–'),
    goal: goal === undefined ? '' : `≤ ${goal}`,
    verdict: goal === undefined ? '' : ratio <= goal ? 'met' : 'missed',
  })
}

export function showNote(words) {
  console.log(words)
}

function show(cells) {
  const words = COLUMNS.map(([, key, width]) => {
    const text = String(cells[key] ?? '')
    return width < 0 ? text.padStart(-width) : text.padEnd(width)
  })
  console.log(`| ${words.join(' | ')} |`)
}
