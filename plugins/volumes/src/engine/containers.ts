import { type Container, fetchUsers, type Looking } from '@piko/plugin-compose/contract/engine'

/** Running containers that may write to any of the volumes. Paused ones do not count. */
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

/** Running or paused containers that mount any of the volumes. */
export async function fetchRunning(
  context: Looking,
  volumes: readonly string[],
): Promise<readonly Container[]> {
  const users = await fetchUsers(context, volumes)
  return users.filter(({ status }) => ['running', 'restarting', 'paused'].includes(status))
}
