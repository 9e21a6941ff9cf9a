import type { Container } from '../engine/containers.js'

/** What one container is, as far as waiting goes. */
export type Verdict =
  | { readonly state: 'ready' }
  /** Ended with 0 and stays so: a one-shot. */
  | { readonly state: 'ended' }
  | { readonly state: 'waiting'; readonly how: string }
  | { readonly state: 'failed'; readonly how: string }

/** Docker waits 0.1 s, 0.2 s, 0.4 s … before each restart: this many give a database some ten seconds to come up. */
export const crashLoop = 6

/** Pure. `restartsBefore` is the container's count when the waiting began. */
export function judge(container: Container, restartsBefore: number): Verdict {
  const { status, exitCode, health } = container
  const restarts = container.restarts - restartsBefore
  if (isLooping(container, restartsBefore)) {
    return { state: 'failed', how: `keeps ending with exit code ${exitCode} (${restarts} restarts)` }
  }
  switch (status) {
    case 'exited':
      return exitCode === 0
        ? { state: 'ended' }
        : { state: 'failed', how: `ended with exit code ${exitCode}` }
    case 'dead':
      return { state: 'failed', how: 'is dead' }
    case 'restarting':
      return { state: 'waiting', how: `ended with exit code ${exitCode} and is being restarted` }
    case 'running':
      return judgeHealth(health)
    default:
      return { state: 'waiting', how: `is ${status}` }
  }
}

/** Whether it has been restarted again and again since its count was `restartsBefore`. */
export function isLooping({ status, restarts }: Container, restartsBefore: number): boolean {
  return status !== 'exited' && restarts - restartsBefore >= crashLoop
}

function judgeHealth(health: string): Verdict {
  if (health === 'unhealthy') return { state: 'failed', how: 'is unhealthy' }
  if (health === 'starting') return { state: 'waiting', how: 'is not healthy yet' }
  return { state: 'ready' }
}

/** Changes whenever something happens to a container. */
export function signatureOf(containers: readonly Container[]): string {
  return containers
    .map(({ id, status, startedAt, restarts, health }) => [id, status, startedAt, restarts, health].join())
    .join(';')
}
