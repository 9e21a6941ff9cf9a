// `npm run bench [-- --runs N] [--piko FILE]`: compares piko with the raw commands, as ratios within one run, and prints
// the table of docs/benchmarks.md. Prints goals next to results but does not fail on them; it fails only if a command
// does. FILE is the `bin/run.js` of another installation, for example one whose modules are compiled for another Node.
import { parseArgs } from 'node:util'
import { requireNoInterrupt } from '../scripts/demo/run.mjs'
import { createArena } from './arena.mjs'
import { describeMachine } from './machine.mjs'
import { comparisons } from './comparisons.mjs'
import { measure } from './measure.mjs'
import { showNote, showRow, showTitles } from './table.mjs'

const { values } = parseArgs({ options: { runs: { type: 'string' }, piko: { type: 'string' } } })
const runs = values.runs === undefined ? undefined : Number(values.runs)
if (runs !== undefined && !(runs >= 1)) throw new Error(`--runs takes a number, not ${values.runs}`)

const arena = createArena(values.piko)
try {
  const hasEngine = arena.findEngine()
  if (!hasEngine) showNote('NO DOCKER ENGINE answers: the rows that need one are LEFT OUT')
  for (const line of describeMachine(arena.env)) showNote(`- ${line}`)
  showNote('')
  showTitles()
  for (const comparison of comparisons(arena)) {
    if (comparison.needsEngine && !hasEngine) continue
    requireNoInterrupt()
    for (const row of measure(comparison, runs ?? comparison.runs)) showRow(row)
  }
} finally {
  arena.remove()
}
