import type { Container } from '../engine/containers.js'
import type { History } from './history.js'

/** What one container is, as far as waiting goes. `how` is a clause that follows the service's name. */
export type Verdict =
  | { readonly state: 'ready' }
  /** Ended with 0 and stays so: a one-shot. */
  | { readonly state: 'ended' }
  /** `isUp`: it runs, and time alone may make it ready. */
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
  /** Seconds that a container has to stay up. */
  readonly readyAfter: number
  /** Compose is still at work: what it has not started yet is what an earlier run has left. */
  readonly isStarting: boolean
  /** Services whose end others wait for. */
  readonly awaited: ReadonlySet<string>
}

/** One or two restarts are how many an app needs until its database answers. */
const fewestRestarts = 3
/** For how long restarts are taken for that, in milliseconds: Docker has made about six attempts by then. */
const patience = 10_000
/** The same while another service is still on its way up: it may be the one that is missing. */
const longPatience = 60_000

/** Pure. A crash loop is one in the light of what the other containers do. */
export function judgeAll(watched: readonly Watched[], situation: Situation): readonly Judged[] {
  const judged = watched.map(each => ({ ...each, verdict: judgeAlone(each, situation) }))
  return judged.map(each => {
    const { service } = each.container
    const isOthersMoving = judged.some(
      ({ container, verdict }) =>
        container.service !== service && verdict.state === 'waiting' && verdict.isUp,
    )
    const verdict = loopOf(each, { now: situation.now, patience: isOthersMoving ? longPatience : patience })
    return verdict ? { ...each, verdict } : each
  })
}

/** Found out when it has just ended once more: then its exit code is known, too. */
function loopOf(
  { container, history }: Watched,
  facts: { readonly now: number; readonly patience: number },
): Verdict | undefined {
  const { restarts, exitCode, troubledSince } = history
  if (container.status !== 'restarting' || restarts < fewestRestarts || troubledSince === undefined) return
  const lasts = facts.now - troubledSince
  if (lasts < facts.patience) return
  const seconds = Math.round(lasts / 1000)
  return {
    state: 'failed',
    how: `is in a crash loop: exit code ${exitCode}, ${restarts} restarts in ${seconds} s`,
    isLoop: true,
  }
}

function judgeAlone({ container, history }: Watched, situation: Situation): Verdict {
  const { status, startedAt } = container
  const isLeft = startedAt === history.startedBefore
  if (situation.isStarting && isLeft && status !== 'running') return waiting('has not been started yet')
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
  const isLeft = startedAt === history.startedBefore
  // It is about to be replaced, perhaps.
  if (health === 'unhealthy' && !(situation.isStarting && isLeft)) return failed('is unhealthy')
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
