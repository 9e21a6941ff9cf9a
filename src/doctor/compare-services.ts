import type { Claim, EnvironmentStatus, Trace } from '@piko/sdk'
import type { Live } from '../environment/live.js'
import { type EnvironmentRecord, setStatus } from '../environment/record.js'
import type { Database } from '../state/open.js'
import type { Difference } from './difference.js'

export interface Engine {
  readonly state: Database
  readonly record: EnvironmentRecord
  readonly live: Live
  readonly claims: readonly Claim[]
  readonly traces: readonly Trace[]
}

/** Where the engine differs from what is recorded about an environment. */
export function compareServices(engine: Engine): readonly Difference[] {
  return [...compareStatus(engine), ...findPaused(engine), ...findMissing(engine)]
}

/** What runs although it is recorded as stopped, or the other way round. */
function compareStatus({ state, record, live: { real } }: Engine): readonly Difference[] {
  const { name, status } = record
  if (!real || real.wanted === 0) return []
  const recordAs = (found: EnvironmentStatus) => () => {
    setStatus(state, name, found)
    return Promise.resolve(`Recorded that ${name} is ${found}`)
  }
  const [up, down] = [`To start it, run \`piko up ${name}\``, `To stop it, run \`piko down ${name}\``]
  if (status === 'running' && real.running === 0)
    return [
      {
        environment: name,
        title: `${name} is recorded as running, but none of its services runs`,
        hints: [up],
        fix: recordAs('stopped'),
      },
    ]
  if ((status !== 'stopped' && status !== 'prepared') || real.running === 0) return []
  const title = `${name} is recorded as ${status}, but ${real.running} of its ${real.wanted} services run`
  return [
    {
      environment: name,
      title,
      hints: [up, down],
      ...(real.running === real.wanted ? { fix: recordAs('running') } : {}),
    },
  ]
}

function findPaused({ record: { name }, live }: Engine): readonly Difference[] {
  const paused = (live.services ?? []).filter(({ state, isShared }) => state === 'paused' && !isShared)
  return paused.map(({ container }) => ({
    environment: name,
    title: `The container ${container} of ${name} is paused`,
    hints: [`To resume it, run \`docker unpause ${container}\``],
  }))
}

/** What the receipts name and the engine does not have. */
function findMissing({ record: { name }, claims, traces }: Engine): readonly Difference[] {
  const gone = claims.filter(
    ({ kind, name: of }) => !traces.some(one => one.kind === kind && one.name === of),
  )
  return gone.map(claim => ({
    environment: name,
    title: `The ${claim.kind} ${claim.name} of ${name} is gone${claim.kind === 'volume' ? ', with its data' : ''}`,
    hints: [`To create it ${claim.kind === 'volume' ? 'empty' : 'again'}, run \`piko up ${name}\``],
  }))
}
