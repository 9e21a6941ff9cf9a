import { lookDocker, runDocker } from '../docker.js'
import { serviceErrors } from '../errors/services.js'
import { ownerOf } from '../labels.js'
import { requireProject } from '../model/require.js'
import { isReplica, parseAddress } from './address.js'
import { findElsewhere, homeOf, sharedNotice } from './elsewhere.js'
import { fetchRows } from './rows.js'
import { requireAmong, requireContainers } from './running.js'
import { showing } from './showing.js'
import type { SiteContext } from '../site.js'

type Context = SiteContext

export interface LogsCall {
  /** Options of `docker compose logs`. */
  readonly options: readonly string[]
  readonly words: readonly string[]
  readonly colors: boolean
}

/** Services of one Compose project. Empty means all. */
interface Part {
  readonly project: string
  readonly services: readonly string[]
}

/**
 * Shows services' logs and returns the exit code. Passes the project's name and no files, so that it works while the
 * Compose file is being edited.
 */
export async function runLogs(context: Context, call: LogsCall): Promise<number> {
  const { options, words } = call
  const replicas = words.filter(isReplica)
  if (replicas.length > 0 && words.length > 1) throw serviceErrors.COMPOSE_REPLICA_ALONE({ replicas })
  const [address] = replicas.map(parseAddress)
  const index = address?.replica === undefined ? [] : ['--index', String(address.replica)]
  const parts = await requireParts(context, words)
  const [part, ...others] = parts
  if (!part) return 0
  const argsOf = ({ project, services }: Part, ansi: readonly string[]) => {
    return ['compose', ...ansi, '-p', project, 'logs', ...index, ...options, ...services] as const
  }
  if (others.length === 0) {
    const { exitCode } = await runDocker(context, argsOf(part, []), { terminal: true, allowFailure: true })
    return exitCode
  }
  const ansi = ['--ansi', call.colors ? 'always' : 'never']
  const ended = parts.map(one =>
    lookDocker(context, argsOf(one, ansi), { allowFailure: true, ...showing(process) }),
  )
  return Math.max(...(await Promise.all(ended)).map(({ exitCode }) => exitCode))
}

/** The logs to show: of the environment's requested services, and of shared services, which are in other projects. */
async function requireParts(context: Context, words: readonly string[]): Promise<readonly Part[]> {
  const rows = await fetchRows(context, ownerOf(context))
  if (words.length === 0) {
    if (rows.length === 0)
      throw serviceErrors.COMPOSE_NOTHING_CREATED({ environment: context.environment.name })
    for (const service of findElsewhere(context).keys())
      context.say(
        `To see the log of the shared ${service}, run \`piko logs ${context.environment.name} ${service}\``,
      )
    return [{ project: requireProject(context), services: [] }]
  }
  const parts = new Map<string, string[]>()
  for (const word of words) {
    const { service } = parseAddress(word)
    const home = homeOf(context, service)
    if (!home.isShared) await requireAmong(context, { word, rows })
    else
      for (const { name } of await requireContainers(context, word)) context.say(sharedNotice(service, name))
    const project = home.project ?? requireProject(context)
    parts.set(project, [...(parts.get(project) ?? []), service])
  }
  return [...parts].map(([project, services]) => ({ project, services }))
}
