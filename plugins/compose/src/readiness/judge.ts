import type { Container } from '../engine/containers.js'
import type { History } from './history.js'

/** The state of one container while waiting. `how` is a clause that follows the service's name. */
export type Verdict =
  | { readonly state: 'ready' }
  /** Exited with 0 and is not restarted: a one-shot. */
  | { readonly state: 'ended' }
  /** `isUp`: it is running and may become ready. */
  | { readonly state: 'waiting'; readonly how: string; readonly isUp: boolean }
  | { readonly state: 'failed'; readonly how: string; readonly isLoop: boolean }

export interface Watched {
  readonly container: Container
  readonly history: History
}

export interface Judged extends Watched {
  readonly verdict: Verdict
}

export interface Situation {
  readonly now: number
  /** Seconds that a container must stay up. */
  readonly readyAfter: number
  /** Compose is still running: a container it has not started is left from an earlier run. */
  readonly isStarting: boolean
  /** Services that others wait for until they complete. */
  readonly awaited: ReadonlySet<string>
}

/** An app may need one or two restarts until its database responds. */
const fewestRestarts = 3
/** Milliseconds during which restarts are tolerated for that reason. Docker makes about six attempts in that time. */
const tolerance = 10_000
/** The same while another service is still starting: it may be the one that is needed. */
const longTolerance = 60_000

/** Judges all containers together, since whether restarts are a crash loop depends on the others. Pure. */
export function judgeAll(watched: readonly Watched[], situation: Situation): readonly Judged[] {
  const judged = watched.map(each => ({ ...each, verdict: judgeAlone(each, situation) }))
  return judged.map(each => {
    const { service } = each.container
    const isAnotherStarting = judged.some(
      ({ container, verdict }) =>
        container.service !== service && verdict.state === 'waiting' && verdict.isUp,
    )
    const verdict = loopOf(each, {
      now: situation.now,
      tolerance: isAnotherStarting ? longTolerance : tolerance,
    })
    return verdict ? { ...each, verdict } : each
  })
}

/** Decided when it has just exited again, since its exit code is then known. */
function loopOf(
  { container, history }: Watched,
  facts: { readonly now: number; readonly tolerance: number },
): Verdict | undefined {
  const { restarts, exitCode, troubledSince } = history
  if (container.status !== 'restarting' || restarts < fewestRestarts || troubledSince === undefined) return
  const duration = facts.now - troubledSince
  if (duration < facts.tolerance) return
  const seconds = Math.round(duration / 1000)
  return {
    state: 'failed',
    how: `is in a crash loop: exit code ${exitCode}, ${restarts} restarts in ${seconds} s`,
    isLoop: true,
  }
}

function judgeAlone({ container, history }: Watched, situation: Situation): Verdict {
  const { status, startedAt } = container
  const isFromEarlierRun = startedAt === history.startedBefore
  if (situation.isStarting && isFromEarlierRun && status !== 'running')
    return waiting('has not been started yet')
  switch (status) {
    case 'exited':
      return container.exitCode === 0 ? { state: 'ended' } : failed(exitText(container, history))
    case 'dead':
      return failed('is dead')
    case 'restarting':
      return waiting(`is restarting: exit code ${history.exitCode}, ${counted(history.restarts)}`)
    case 'running':
      return judgeRunning({ container, history }, situation)
    default:
      return waiting(`is ${status}`)
  }
}

function judgeRunning({ container, history }: Watched, situation: Situation): Verdict {
  const { health, service, startedAt } = container
  const isFromEarlierRun = startedAt === history.startedBefore
  // Compose may be about to replace it.
  if (health === 'unhealthy' && !(situation.isStarting && isFromEarlierRun)) return failed('is unhealthy')
  if (health === 'starting') return waiting('is not healthy yet', true)
  if (situation.isStarting && situation.awaited.has(service)) return waiting('has not ended yet', true)
  const isProven = situation.now - history.upSince >= situation.readyAfter * 1000
  if (isProven) return { state: 'ready' }
  const since = history.restarts === 0 ? '' : ` since its last restart (${counted(history.restarts)})`
  return waiting(`has been up for less than ${situation.readyAfter} s${since}`, true)
}

function exitText({ exitCode }: Container, { restarts }: History): string {
  return `exited with code ${exitCode}${restarts === 0 ? '' : ` after ${counted(restarts)}`}`
}

function counted(restarts: number): string {
  return restarts === 1 ? '1 restart' : `${restarts} restarts`
}

function waiting(how: string, isUp = false): Verdict {
  return { state: 'waiting', how, isUp }
}

function failed(how: string): Verdict {
  return { state: 'failed', how, isLoop: false }
}
