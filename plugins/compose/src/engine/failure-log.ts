import { lookDocker, type Looking } from '../docker.js'
import { linesOf } from './answer.js'

const mostLines = 5000

/** A container's log, both streams sorted by time, to be kept in a file after a failure. */
export async function fetchLog(context: Looking, id: string): Promise<string> {
  const words = ['logs', '--timestamps', '--tail', String(mostLines), id] as const
  const { stdout, stderr } = await lookDocker(context, words, { allowFailure: true })
  return [...linesOf(stdout), ...linesOf(stderr)].sort().join('\n')
}
