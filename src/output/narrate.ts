import type { Narrator } from '../lifecycle/narrator.js'
import { drawLive } from './draw-live.js'
import { writeLines } from './write-lines.js'
import { writeSteps } from './write-steps.js'

/** Tells on stderr what a run does: live on a terminal, else line by line. Only draws; the run goes its own way. */
export function narrateOn(
  stream: NodeJS.WriteStream,
  { verbose }: { readonly verbose: boolean } = { verbose: false },
): Narrator {
  const write = (line: string) => void stream.write(`${line}\n`)
  if (verbose) return writeSteps(write)
  return stream.isTTY && process.env['TERM'] !== 'dumb' ? drawLive(stream) : writeLines(write)
}
