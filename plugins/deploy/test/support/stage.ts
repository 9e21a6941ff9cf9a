import { join } from 'node:path'
import { openForReading } from '#src/state/open.js'
import { askWhoAt } from './ask.js'
import type { DeployWorld } from './world.js'
import type { Place } from './load.js'

/** What `piko deploys --json` prints of a deploy. */
export interface DeployAnswer {
  readonly id: string
  readonly tag: string
  readonly status: string
  readonly kind: string
  readonly step: string | null
  readonly error: string | null
  readonly response: { readonly status: number | null; readonly lines: readonly string[] } | null
  readonly output: readonly string[]
}

export interface InstanceAnswer {
  readonly service: string
  readonly container: string
  readonly status: string
  readonly isCurrent: boolean
  readonly image: string
}

export async function deploysOf({ project }: DeployWorld, stage: string): Promise<readonly DeployAnswer[]> {
  return (await project.json<{ deploys: readonly DeployAnswer[] }>('deploys', stage)).deploys
}

export async function instancesOf(
  { project }: DeployWorld,
  stage: string,
): Promise<readonly InstanceAnswer[]> {
  return (await project.json<{ instances: readonly InstanceAnswer[] }>('instances', stage)).instances
}

/** Where a stage answers. */
export async function placeOf({ project }: DeployWorld, stage: string): Promise<Place> {
  const { url } = await project.json<{ url: string }>('stage', 'show', stage)
  const { hostname: host, port } = new URL(url)
  return { host, port: Number(port || 80) }
}

/** The version that serves. */
export async function serving(world: DeployWorld, stage: string): Promise<string> {
  return askWhoAt(await placeOf(world, stage))
}

/** The statuses of all deploys, read while one is at work. */
export function readStatuses({ project }: DeployWorld): readonly string[] {
  const state = openForReading(join(project.root, '.piko/state.db'))
  const found = state?.prepare('SELECT status FROM deploy_deploys').pluck().all() ?? []
  state?.close()
  return found.map(String)
}
