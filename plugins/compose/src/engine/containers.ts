import { z } from 'zod'
import { lookDocker, type Looking } from '../docker.js'
import { ownedFilters, type Owner } from '../labels.js'
import { linesOf, parseInspected } from './answer.js'

const inspected = z
  .object({
    Id: z.string(),
    Name: z.string(),
    RestartCount: z.number(),
    State: z.object({
      Status: z.string(),
      ExitCode: z.number(),
      StartedAt: z.string(),
      Health: z.object({ Status: z.string() }).nullish(),
    }),
    Config: z.object({ Labels: z.record(z.string(), z.string()).nullable() }),
    Mounts: z.array(z.object({ Type: z.string(), Name: z.string().optional() })).nullable(),
  })
  .transform(({ Id, Name, RestartCount, State, Config, Mounts }) => ({
    id: Id,
    name: Name.replace(/^\//, ''),
    project: Config.Labels?.['com.docker.compose.project'],
    service: Config.Labels?.['com.docker.compose.service'] ?? '',
    /** From 1 within the service. */
    replica: Number(Config.Labels?.['com.docker.compose.container-number'] ?? 1),
    /** Made by `docker compose run`. */
    isOneOff: Config.Labels?.['com.docker.compose.oneoff'] === 'True',
    status: State.Status,
    exitCode: State.ExitCode,
    startedAt: State.StartedAt,
    health: State.Health?.Status ?? 'none',
    restarts: RestartCount,
    volumes: (Mounts ?? []).flatMap(({ Type, Name: volume }) =>
      Type === 'volume' && volume ? [volume] : [],
    ),
  }))

export type Container = z.output<typeof inspected>

/** The ids of this environment's containers: those of its Compose project, with its labels. One engine call. */
export async function fetchContainerIds(context: Looking, owner: Owner): Promise<readonly string[]> {
  const filters = ['--filter', 'label=com.docker.compose.project', ...ownedFilters(owner)]
  const { stdout } = await lookDocker(context, ['ps', '-aq', '--no-trunc', ...filters])
  return linesOf(stdout)
}

/** Containers by id; one that has gone meanwhile is left out. One engine call. */
export async function fetchContainers(
  context: Looking,
  ids: readonly string[],
): Promise<readonly Container[]> {
  if (ids.length === 0) return []
  const args = ['container', 'inspect', ...ids]
  const { stdout } = await lookDocker(context, args, { allowFailure: true })
  return parseInspected(inspected, { stdout, command: 'docker container inspect' })
}

export async function fetchOwnContainers(context: Looking, owner: Owner): Promise<readonly Container[]> {
  return fetchContainers(context, await fetchContainerIds(context, owner))
}

/** Volumes that nobody named: Docker names them with 64 hex digits, on every version. */
export function anonymousVolumes(containers: readonly Container[]): readonly string[] {
  const names = containers.flatMap(({ volumes }) => volumes).filter(name => /^[0-9a-f]{64}$/.test(name))
  return [...new Set(names)]
}

/** The last lines that a container said. */
export async function fetchLastLines(context: Looking, id: string, count = 15): Promise<readonly string[]> {
  const { stdout, stderr } = await lookDocker(context, ['logs', '--tail', String(count), id], {
    allowFailure: true,
  })
  return [...linesOf(stdout), ...linesOf(stderr)].slice(-count)
}
