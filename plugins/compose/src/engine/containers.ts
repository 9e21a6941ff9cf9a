import * as z from 'zod'
import type { Looking } from '../docker.js'
import { isOwned, ownedBy, type Owner } from '../labels.js'
import { askEngine, askForEach, type Question } from './api.js'

const texts = z.record(z.string(), z.string())

const inspected = z
  .object({
    Id: z.string(),
    Name: z.string(),
    Image: z.string(),
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
    Config: z.object({ Image: z.string(), Labels: texts.nullish(), Env: z.array(z.string()).nullish() }),
    Mounts: z
      .array(
        z.object({
          Type: z.string(),
          Name: z.string().optional(),
          Destination: z.string(),
          RW: z.boolean(),
        }),
      )
      .nullish(),
    NetworkSettings: z.object({
      Networks: z
        .record(z.string(), z.object({ Aliases: z.array(z.string()).nullish(), IPAddress: z.string() }))
        .nullish(),
    }),
  })
  .transform(({ Id, Name, Image, RestartCount, State, Config, Mounts, NetworkSettings }) => ({
    id: Id,
    name: Name.replace(/^\//, ''),
    image: Config.Image,
    imageId: Image,
    labels: Config.Labels ?? {},
    variables: Object.fromEntries(
      (Config.Env ?? []).map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ),
    project: Config.Labels?.['com.docker.compose.project'],
    service: Config.Labels?.['com.docker.compose.service'] ?? '',
    /** Counted from 1 within the service. */
    replica: Number(Config.Labels?.['com.docker.compose.container-number'] ?? 1),
    /** Created by `docker compose run`. */
    isOneOff: Config.Labels?.['com.docker.compose.oneoff'] === 'True',
    status: State.Status,
    exitCode: State.ExitCode,
    startedAt: State.StartedAt,
    health: State.Health?.Status ?? 'none',
    /** The last result of its health check. */
    healthCheck: State.Health?.Log?.map(({ ExitCode: code, Output: output }) => ({ code, output })).at(-1),
    restarts: RestartCount,
    /** Its volumes and their paths in the container. */
    mounts: (Mounts ?? []).flatMap(({ Type, Name: volume, Destination: path, RW: writes }) =>
      Type === 'volume' && volume ? [{ volume, path, writes }] : [],
    ),
    /** Its names on each network. */
    networks: new Map(
      Object.entries(NetworkSettings.Networks ?? {}).map(([name, { Aliases, IPAddress }]) => [
        name,
        // A stopped container, or one that failed to connect, is on a network in name only.
        { aliases: Aliases ?? [], isLive: IPAddress !== '' },
      ]),
    ),
  }))

export type Container = z.output<typeof inspected>

const listed = z.array(
  z
    .object({ Id: z.string(), Labels: texts.nullish() })
    .transform(({ Id, Labels }) => ({ id: Id, labels: Labels })),
)

/** The ids of this environment's containers: created by Compose, with the environment's labels. */
export function fetchContainerIds(context: Looking, owner: Owner): Promise<readonly string[]> {
  return fetchOwnIds(context, owner, ['com.docker.compose.project'])
}

/** The ids of the containers with this owner's labels and these others. */
export async function fetchOwnIds(
  context: Looking,
  owner: Owner,
  label: readonly string[],
): Promise<readonly string[]> {
  const found = await list(context, { label: [...label, ...ownedBy(owner)] })
  return found.filter(({ labels }) => isOwned(labels, owner)).map(({ id }) => id)
}

/** The ids of containers, running or not, that have all of the labels (`key` or `key=value`). */
export function fetchLabelled(context: Looking, label: readonly string[]): Promise<readonly string[]> {
  return fetchIds(context, { label })
}

async function fetchIds(context: Looking, filters: Question['filters'] = {}): Promise<readonly string[]> {
  return (await list(context, filters)).map(({ id }) => id)
}

async function list(context: Looking, filters: Question['filters'] = {}) {
  const question = { path: '/containers/json', query: { all: 'true' }, filters }
  return (await askEngine(context, listed, question)) ?? []
}

/** A container by id or name; undefined if it does not exist. */
export function fetchContainer(context: Looking, which: string): Promise<Container | undefined> {
  return askEngine(context, inspected, { path: `/containers/${which}/json` })
}

/** Containers by id. Omits those removed meanwhile. */
export function fetchContainers(context: Looking, which: readonly string[]): Promise<readonly Container[]> {
  const paths = which.map(id => `/containers/${id}/json`)
  return askForEach(context, inspected, paths)
}

export async function fetchOwnContainers(context: Looking, owner: Owner): Promise<readonly Container[]> {
  return fetchContainers(context, await fetchContainerIds(context, owner))
}

/** The containers, running or not, that mount any of these volumes. */
export async function fetchUsers(
  context: Looking,
  volumes: readonly string[],
): Promise<readonly Container[]> {
  if (volumes.length === 0) return []
  const found = await fetchContainers(context, await fetchIds(context, { volume: volumes }))
  // The engine's filter also matches parts of names.
  return found.filter(({ mounts }) => mounts.some(({ volume }) => volumes.includes(volume)))
}

/** Anonymous volumes: every Docker version names them with 64 hex digits. */
export function anonymousVolumes(containers: readonly Container[]): readonly string[] {
  const names = containers.flatMap(({ mounts }) => mounts.map(({ volume }) => volume))
  return [...new Set(names.filter(name => /^[0-9a-f]{64}$/.test(name)))]
}
