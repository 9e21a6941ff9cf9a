// Prints the table row by row, since rows that need an engine are slow.

const COLUMNS = [
  ['piko', 'title', 40],
  ['against', 'raw', 42],
  ['runs', 'runs', -4],
  ['piko ms', 'pikoMs', -8],
  ['raw ms', 'rawMs', -8],
  ['ratio', 'ratio', -6],
  ['goal', 'goal', -7],
]

export function showTitles() {
  show(Object.fromEntries(COLUMNS.map(([title, key]) => [key, title.toUpperCase()])), '')
}

export function showRow({ goal, ratio, pikoMs, rawMs, ...row }) {
  const cells = {
    ...row,
    pikoMs: pikoMs.toFixed(0),
    rawMs: rawMs.toFixed(0),
    ratio: ratio.toFixed(2),
    goal: goal === undefined ? '' : `≤ ${goal.toFixed(1)}`,
  }
  show(cells, goal === undefined ? '' : ratio <= goal ? '  ✓' : '  ✗ missed')
}

export function showNote(words) {
  console.log(`── ${words}`)
}

function show(cells, verdict) {
  const words = COLUMNS.map(([, key, width]) => {
    const text = String(cells[key] ?? '')
    return width < 0 ? text.padStart(-width) : text.padEnd(width)
  })
  console.log(`${words.join('  ')}${verdict}`.trimEnd())
}
