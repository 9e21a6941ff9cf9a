import { lookDocker, type Looking } from '../docker.js'
import { linesOf } from './answer.js'

const mostLines = 5000

/** What a container said, both streams in the order of their times: for the file that a failure leaves behind. */
export async function fetchLog(context: Looking, id: string): Promise<string> {
  const words = ['logs', '--timestamps', '--tail', String(mostLines), id] as const
  const { stdout, stderr } = await lookDocker(context, words, { allowFailure: true })
  return [...linesOf(stdout), ...linesOf(stderr)].sort().join('\n')
}
