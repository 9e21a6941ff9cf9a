import { visibleText } from '@piko/sdk'
import type { Narrator } from '../lifecycle/narrator.js'
import { drawLive } from './draw-live.js'
import { writeLines } from './write-lines.js'
import { writeSteps } from './write-steps.js'

/** Shows the progress of a run on stderr: live on a terminal, else line by line. It does not influence the run. */
export function narrateOn(
  stream: NodeJS.WriteStream,
  { verbose }: { readonly verbose: boolean } = { verbose: false },
): Narrator {
  const write = (line: string) => void stream.write(`${visibleText(line)}\n`)
  if (verbose) return writeSteps(write)
  return stream.isTTY && process.env['TERM'] !== 'dumb' ? drawLive(stream) : writeLines(write)
}
