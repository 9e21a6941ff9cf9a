import { detailsOf } from '@piko/sdk'

/** A problem in one line. Without live data, the recorded status is shown. */
export function problemText(problem: Error): string {
  const isSilent = ['COMPOSE_ENGINE_UNREACHABLE', 'STATE_LATE'].includes(detailsOf(problem)?.code ?? '')
  const [line = ''] = problem.message.split('\n')
  return isSilent ? `${line}: this is what piko has recorded, not what runs now` : line
}
