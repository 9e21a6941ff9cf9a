import { type Container, fetchUsers, type Looking } from '@piko/plugin-compose/contract/engine'

/** Containers that run and may write into any of the volumes; a paused one writes nothing. */
export async function fetchWriters(
  context: Looking,
  volumes: readonly string[],
): Promise<readonly Container[]> {
  const users = await fetchUsers(context, volumes)
  return users.filter(
    ({ status, mounts }) =>
      (status === 'running' || status === 'restarting') &&
      mounts.some(({ volume, writes }) => writes && volumes.includes(volume)),
  )
}

/** Containers that run with any of the volumes, also where they are paused. */
export async function fetchRunning(
  context: Looking,
  volumes: readonly string[],
): Promise<readonly Container[]> {
  const users = await fetchUsers(context, volumes)
  return users.filter(({ status }) => ['running', 'restarting', 'paused'].includes(status))
}
