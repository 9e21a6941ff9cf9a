import * as z from 'zod'
import type { Looking } from '../docker.js'
import { ownedBy, type Owner } from '../labels.js'
import { askEngine, askForEach } from './api.js'

const inspected = z
  .object({
    Id: z.string(),
    Name: z.string(),
    RestartCount: z.number(),
    State: z.object({
      Status: z.string(),
      ExitCode: z.number(),
      StartedAt: z.string(),
      Health: z
        .object({
          Status: z.string(),
          Log: z.array(z.object({ ExitCode: z.number(), Output: z.string() })).nullish(),
        })
        .nullish(),
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
    /** What its health check has last said. */
    healthCheck: State.Health?.Log?.map(({ ExitCode: code, Output: output }) => ({ code, output })).at(-1),
    restarts: RestartCount,
    volumes: (Mounts ?? []).flatMap(({ Type, Name: volume }) =>
      Type === 'volume' && volume ? [volume] : [],
    ),
  }))

export type Container = z.output<typeof inspected>

const ids = z.array(z.object({ Id: z.string() }).transform(({ Id }) => Id))

/** The ids of this environment's containers: those of its Compose project, with its labels. */
export function fetchContainerIds(context: Looking, owner: Owner): Promise<readonly string[]> {
  return fetchLabelled(context, ['com.docker.compose.project', ...ownedBy(owner)])
}

/** The ids of containers, running or not, that have all of the labels: `key` or `key=value`. */
export async function fetchLabelled(context: Looking, label: readonly string[]): Promise<readonly string[]> {
  const question = { path: '/containers/json', query: { all: 'true' }, filters: { label } }
  return (await askEngine(context, ids, question)) ?? []
}

/** Containers by id; one that has gone meanwhile is left out. */
export function fetchContainers(context: Looking, which: readonly string[]): Promise<readonly Container[]> {
  const paths = which.map(id => `/containers/${id}/json`)
  return askForEach(context, inspected, paths)
}

export async function fetchOwnContainers(context: Looking, owner: Owner): Promise<readonly Container[]> {
  return fetchContainers(context, await fetchContainerIds(context, owner))
}

/** Volumes that nobody named: Docker names them with 64 hex digits, on every version. */
export function anonymousVolumes(containers: readonly Container[]): readonly string[] {
  const names = containers.flatMap(({ volumes }) => volumes).filter(name => /^[0-9a-f]{64}$/.test(name))
  return [...new Set(names)]
}
