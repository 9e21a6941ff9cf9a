import { readTerminal } from '@piko/sdk'
import { locateState } from '../environment/locate.js'
import { listEnvironments } from '../environment/listing.js'
import { listLines } from '../output/list.js'
import { fits } from '../output/redraw.js'

/** A plain list on a terminal: draws what is recorded at once. Returns the words for the command, which adds the rest. */
export function drawList(words: readonly string[]): readonly string[] | undefined {
  if (!process.stdout.isTTY || !words.slice(1).every(word => word === '--live')) return undefined
  try {
    const located = locateState(process.cwd())
    const entries = located ? listEnvironments(located.state) : []
    const view = { entries, live: new Map(), isPending: true, terminal: readTerminal(process.stdout) }
    const lines = listLines(view)
    if (entries.length === 0 || !fits(process.stdout, lines)) return words
    process.stdout.write(lines.map(line => `${line}\n`).join(''))
    return [...words, '--drawn', String(lines.length)]
  } catch {
    return words // the command reports the error
  }
}
