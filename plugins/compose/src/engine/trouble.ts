import type { Project } from '@piko/sdk'
import { isOfProject, isOwned, type Owner, ownedBy } from '../labels.js'
import { type Asking, askEngine, type Reader } from './api.js'
import { fetchLabelledRows, type Row, type Wanted } from './rows.js'

/** A container with its health and restarts. */
export interface State extends Row {
  readonly environment: string
  /** "healthy", "unhealthy", "starting"; "none" without a health check. */
  readonly health: string
  /** How often Docker has restarted it since it was last started manually. */
  readonly restarts: number
  /** Its last exit code; 0 while it runs. */
  readonly exitCode: number
}

/** The state, health and restarts of an environment's containers, by service and replica. */
export function fetchStates(context: Asking, owner: Owner): Promise<readonly State[]> {
  return fetchLabelledStates(context, { labels: ownedBy(owner), isWanted: labels => isOwned(labels, owner) })
}

/** The same for all environments of a project. */
export function fetchProjectStates(context: Asking, project: Project): Promise<readonly State[]> {
  return fetchLabelledStates(context, {
    labels: [`dev.piko.project=${project.name}`],
    isWanted: labels => isOfProject(labels, project),
  })
}

async function fetchLabelledStates(context: Asking, wanted: Wanted): Promise<readonly State[]> {
  const rows = await fetchLabelledRows(context, wanted)
  const states = await Promise.all(
    rows.map(async row => {
      const facts = await askEngine(context, inspected, { path: `/containers/${row.id}/json` })
      return facts && { ...row, ...facts }
    }),
  )
  return states.filter(state => state !== undefined)
}

/** What is wrong with a service, as a clause that follows its name; undefined if it is fine. */
export function troubleOf({ state, health, exitCode, restarts }: State): string | undefined {
  if (state === 'restarting') return `is restarting (exit code ${exitCode}, ${restartsText(restarts)})`
  if (state === 'dead') return 'is dead'
  return health === 'unhealthy' && state === 'running' ? 'is unhealthy' : undefined
}

export function restartsText(restarts: number): string {
  return restarts === 1 ? '1 restart' : `${restarts} restarts`
}

type Facts = Pick<State, 'environment' | 'health' | 'restarts' | 'exitCode'>

/** Without zod, for the reason given in rows.ts. */
const inspected: Reader<Facts> = {
  parse(response) {
    const restarts = valueAt(response, 'RestartCount')
    const exitCode = valueAt(response, 'State', 'ExitCode')
    if (typeof restarts !== 'number' || typeof exitCode !== 'number')
      throw new TypeError('a container of another shape')
    const health = valueAt(response, 'State', 'Health', 'Status')
    const environment = valueAt(response, 'Config', 'Labels', 'dev.piko.environment')
    return {
      environment: typeof environment === 'string' ? environment : '',
      health: typeof health === 'string' ? health : 'none',
      restarts,
      exitCode,
    }
  },
}

function valueAt(response: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (Reflect.get(value, key) as unknown) : undefined,
    response,
  )
}
