import { detailsOf, type Failure, type KnownService, type ServiceState } from '@piko/sdk'
import { existsSync } from 'node:fs'
import { setMaxListeners } from 'node:events'
import { availableParallelism } from 'node:os'
import { environmentErrors } from '../errors/environment.js'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { askingIn } from '../lifecycle/context.js'
import { askSizes, askStates, collectServices, type States } from '../lifecycle/ask-state.js'
import type { Asking } from '../lifecycle/contributions.js'
import { presentPlugins, type Workspace } from '../workspace/open.js'
import { type Position, readBases, readPosition } from '../worktree/read-position.js'
import { environmentScope } from './scope.js'
import { isForeignPath } from './known-path.js'
import { type RealState, realState } from './real-state.js'
import type { EnvironmentRecord } from './record.js'

/** The live state of an environment. Parts that are unknown or arrived too late are missing. */
export interface Live {
  /** What plugins know about its services without a query. */
  readonly known?: Readonly<Record<string, KnownService>>
  readonly services?: readonly ServiceState[]
  readonly real?: RealState
  readonly git?: Position
}

export interface LiveRequest {
  readonly workspace: Workspace
  readonly records: readonly EnvironmentRecord[]
  /** Aborted when the results are no longer needed. */
  readonly signal: AbortSignal
}

/**
 * Queries plugins and git in parallel: the engine once for all environments, git once for all branches and once per
 * worktree. Calls `arrived`
 * with every part. Resolves to the reasons why parts are unknown; an unreadable part never rejects.
 */
export async function fetchLive(
  request: LiveRequest,
  arrived: (name: string, part: Live) => void,
): Promise<readonly Error[]> {
  const { records, signal } = request
  setMaxListeners(0, signal) // every query listens to it
  const states = fetchStates(request).then(({ services, problems, known }) => {
    for (const { name, status: recorded } of records) {
      const [states, own] = [services[name], known.get(name)]
      if (own) arrived(name, { known: own })
      if (states) arrived(name, { services: states, real: realState({ recorded, known: own ?? {}, states }) })
    }
    return problems
  })
  const positions = fetchPositions(request, (name, git) => arrived(name, { git }))
  const [problems] = await Promise.all([states, unlessLate(positions, signal)])
  return problems
}

/**
 * Worktrees may be missing, and git too slow: then there is no position. Starting a process blocks this one, so that
 * hundreds at once would also delay the time limit.
 */
async function fetchPositions(
  { workspace, records, signal }: LiveRequest,
  arrived: (name: string, position: Position) => void,
): Promise<void> {
  const { repository } = workspace
  const waiting = records.filter(
    // A foreign one's settings run programs.
    ({ path }) => existsSync(path) && !isForeignPath(repository.gitCommonDir, path),
  )
  if (waiting.length === 0) return
  const bases = await readBases(repository, signal).catch(() => [])
  const inTurn = async () => {
    for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
      const position = await readPosition(next.path, bases, signal).catch(() => undefined)
      if (position) arrived(next.name, position)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, inTurn))
}

/** The same for one environment, in one result. */
export async function fetchLiveOf(
  request: Omit<LiveRequest, 'records'> & { readonly record: EnvironmentRecord },
): Promise<{ readonly live: Live; readonly problems: readonly Error[] }> {
  let live: Live = {}
  const problems = await fetchLive({ ...request, records: [request.record] }, (_, part) => {
    live = { ...live, ...part }
  })
  return { live, problems }
}

/** The disk usage that plugins report. */
export async function fetchSizes(
  request: Omit<LiveRequest, 'records'> & { readonly record: EnvironmentRecord },
): ReturnType<typeof askSizes> {
  return askSizes(
    askingAbout(request, {
      name: request.record.name,
      plugins: await presentPlugins(request.workspace),
    }),
  )
}

type Known = ReadonlyMap<string, Readonly<Record<string, KnownService>>>

async function fetchStates(request: LiveRequest): Promise<States & { readonly known: Known }> {
  const { workspace, records, signal } = request
  const nothing = (problems: readonly Error[]) => ({ services: {}, problems, known: new Map() as Known })
  if (records.length === 0) return nothing([])
  try {
    const plugins = await presentPlugins(workspace)
    const asking = records.map(({ name }) => askingAbout(request, { name, plugins }))
    const known: Known = new Map(
      records.map(({ name }, at) => [name, asking[at] ? collectServices(asking[at]) : {}]),
    )
    const states = await unlessLate(askStates(plugins, asking), signal)
    if (states === undefined) return { services: {}, problems: [environmentErrors.STATE_LATE()], known }
    // A query that the signal aborted fails with its own message.
    const problems =
      signal.aborted && states.problems.length > 0 ? [environmentErrors.STATE_LATE()] : states.problems
    return { ...states, problems, known }
  } catch (error) {
    if (detailsOf(error)) return nothing([error as Failure])
    throw error
  }
}

function askingAbout(
  { workspace, signal }: Pick<LiveRequest, 'workspace' | 'signal'>,
  { name, plugins }: { readonly name: string; readonly plugins: readonly ActivePlugin[] },
): Asking {
  return askingIn(environmentScope({ workspace, name, plugins }), { verb: 'look', signal })
}

/** Undefined if the signal is aborted first, even if the work ignores it. */
function unlessLate<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const late = () => resolve(undefined)
    if (signal.aborted) late()
    signal.addEventListener('abort', late, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late))
  })
}
