import type { Failure } from '@piko/sdk'
import * as z from 'zod'
import type { Volume } from '../contract.js'
import { type Changing, type Looking, runDocker } from '../docker.js'
import { engineErrors } from '../errors/engine.js'
import { isOwned, labelsOf, ownedBy, type Owner } from '../labels.js'
import { askEngine, askForEach } from './api.js'
import { fetchUsers } from './containers.js'

const found = z
  .object({ Name: z.string(), Labels: z.record(z.string(), z.string()).nullish() })
  .transform(({ Name, Labels }) => ({ name: Name, labels: Labels ?? {} }))
const listed = z.object({ Volumes: z.array(found).nullable() })

/** The given volumes that exist, with their labels. */
export function fetchVolumes(context: Looking, names: readonly string[]) {
  const paths = names.map(name => `/volumes/${name}`)
  return askForEach(context, found, paths)
}

export async function fetchOwnVolumes(context: Looking, owner: Owner): Promise<readonly string[]> {
  const question = { path: '/volumes', filters: { label: ownedBy(owner) } }
  const answer = await askEngine(context, listed, question)
  return (answer?.Volumes ?? []).filter(({ labels }) => isOwned(labels, owner)).map(({ name }) => name)
}

type NewVolume = Pick<Volume, 'driver' | 'options' | 'labels' | 'engineName'>

/** Adds the owner's labels to its own. A volume without an owner is never removed by piko. */
export async function createVolume(context: Changing, volume: NewVolume, owner?: Owner): Promise<void> {
  const driver = volume.driver === undefined ? [] : ['--driver', volume.driver]
  const labels = pairs('--label', { ...volume.labels, ...(owner && labelsOf(owner)) })
  const args = [...driver, ...pairs('--opt', volume.options), ...labels, volume.engineName]
  await runDocker(context, ['volume', 'create', ...args])
}

/** A volume that could not be removed, with the containers that use it. */
export interface HeldVolume {
  readonly name: string
  readonly users: readonly string[]
}

export async function removeVolumes(context: Changing, names: readonly string[]): Promise<void> {
  await removeFreeVolumes(context, names, held => {
    throw held
  })
}

/** Removes volumes unless containers use them. `onHeld` gets an error that names those containers. */
export async function removeFreeVolumes(
  context: Changing,
  names: readonly string[],
  onHeld: (error: Failure, held: readonly HeldVolume[]) => void,
): Promise<void> {
  if (names.length === 0) return
  try {
    await runDocker(context, ['volume', 'rm', ...names])
  } catch (cause) {
    const left = (await fetchVolumes(context, names)).map(({ name }) => name)
    const used = await Promise.all(
      left.map(async name => ({ name, users: (await fetchUsers(context, [name])).map(user => user.name) })),
    )
    if (used.length === 0) return
    const held = used.filter(({ users }) => users.length > 0)
    if (held.length === 0) throw cause
    if (held.length < used.length) throw engineErrors.COMPOSE_VOLUME_IN_USE({ volumes: used, cause })
    onHeld(engineErrors.COMPOSE_VOLUME_IN_USE({ volumes: held, cause }), held)
  }
}

/** `--label a=1 --label b=2` */
export function pairs(flag: string, values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flatMap(([key, value]) => [flag, `${key}=${value}`])
}
