import { askEngine, type Looking } from '@piko/plugin-compose/contract/engine'
import * as z from 'zod'

const listed = z.array(
  z
    .object({
      Id: z.string(),
      Names: z.array(z.string()),
      ImageID: z.string(),
      State: z.string(),
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
      Labels: z.record(z.string(), z.string()).nullish(),
    })
    .transform(({ Id, Names, ImageID, State, Mounts, Labels }) => ({
      id: Id,
      name: (Names[0] ?? Id).replace(/^\//, ''),
      image: ImageID,
      state: State,
      mounts: (Mounts ?? []).map(({ Name, Destination, RW }) => ({
        volume: Name,
        path: Destination,
        writes: RW,
      })),
      labels: Labels ?? {},
    })),
)

/** A container that mounts a volume. */
export type User = z.output<typeof listed>[number]

/** The containers, running or not, that mount any of the volumes. */
export async function fetchUsers(context: Looking, volumes: readonly string[]): Promise<readonly User[]> {
  if (volumes.length === 0) return []
  const question = { path: '/containers/json', query: { all: 'true' }, filters: { volume: volumes } }
  const found = (await askEngine(context, listed, question)) ?? []
  // The filter takes a part of a name for the name.
  return found.filter(({ mounts }) =>
    mounts.some(({ volume }) => volume !== undefined && volumes.includes(volume)),
  )
}

/** Those that run and may write into any of the volumes; a paused one writes nothing. */
export function writersAmong(users: readonly User[], volumes: readonly string[]): readonly User[] {
  return users.filter(
    ({ state, mounts }) =>
      (state === 'running' || state === 'restarting') &&
      mounts.some(({ volume, writes }) => writes && volume !== undefined && volumes.includes(volume)),
  )
}

/** Those that run, also where they are paused. */
export function runningAmong(users: readonly User[]): readonly User[] {
  return users.filter(({ state }) => ['running', 'restarting', 'paused'].includes(state))
}

const inspected = z
  .object({
    State: z.object({ Status: z.string() }),
    Config: z.object({ Env: z.array(z.string()).nullish() }),
  })
  .transform(({ State, Config }) => ({
    status: State.Status,
    variables: Object.fromEntries(
      (Config.Env ?? []).map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ),
  }))

/** What a container is told, and how it is; undefined where it is gone. */
export function fetchContainer(context: Looking, id: string) {
  return askEngine(context, inspected, { path: `/containers/${id}/json` })
}
