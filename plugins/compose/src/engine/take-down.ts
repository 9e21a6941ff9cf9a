import { type Changing, runDocker } from '../docker.js'
import type { Owner } from '../labels.js'
import { type Container, fetchContainerIds, fetchOwnContainers } from './containers.js'

/**
 * Stops and removes the environment's containers by label, since the worktree and its Compose files may be gone. Keeps
 * named volumes. Runs in `/`, as every plain call does, so that Compose finds no files.
 */
export async function takeDown(
  context: Changing,
  facts: {
    readonly owner: Owner
    readonly containers: readonly Container[]
    readonly withVolumes: boolean
  },
): Promise<void> {
  const { owner, containers, withVolumes } = facts
  const volumes = withVolumes ? ['-v'] : []
  for (const project of new Set(containers.flatMap(container => container.project ?? []))) {
    await runDocker(context, ['compose', '-p', project, 'down', '--remove-orphans', ...volumes])
  }
  // `down` leaves containers started by `docker compose run`.
  const left = await fetchContainerIds(context, owner)
  if (left.length > 0) await runDocker(context, ['rm', '-f', ...volumes, ...left])
}

/** Stops the environment's containers without removing them, so that their logs stay readable. */
export async function stopContainers(context: Changing, owner: Owner): Promise<void> {
  const running = (await fetchOwnContainers(context, owner)).filter(
    ({ status }) => status !== 'exited' && status !== 'created' && status !== 'dead',
  )
  for (const project of new Set(running.flatMap(container => container.project ?? [])))
    await runDocker(context, ['compose', '-p', project, 'stop'])
  const oneOffs = running.filter(({ isOneOff }) => isOneOff).map(({ id }) => id)
  if (oneOffs.length > 0) await runDocker(context, ['stop', ...oneOffs])
}
