import { z } from 'zod'
import type { Volume } from '../contract.js'
import { type Changing, lookDocker, type Looking, runDocker } from '../docker.js'
import { labelsOf, ownedFilters, type Owner } from '../labels.js'
import { linesOf, parseInspected } from './answer.js'

const inspected = z.object({ Name: z.string(), Labels: z.record(z.string(), z.string()).nullish() })

/** Those of the named volumes that are there, with their labels. */
export async function fetchVolumes(context: Looking, names: readonly string[]) {
  if (names.length === 0) return []
  const { stdout } = await lookDocker(context, ['volume', 'inspect', ...names], { allowFailure: true })
  const found = parseInspected(inspected, { stdout, command: 'docker volume inspect' })
  return found.map(({ Name, Labels }) => ({ name: Name, labels: Labels ?? {} }))
}

export async function fetchOwnVolumes(context: Looking, owner: Owner): Promise<readonly string[]> {
  const { stdout } = await lookDocker(context, ['volume', 'ls', '-q', ...ownedFilters(owner)])
  return linesOf(stdout)
}

export async function createVolume(context: Changing, volume: Volume, owner: Owner): Promise<void> {
  const driver = volume.driver === undefined ? [] : ['--driver', volume.driver]
  const labels = pairs('--label', { ...volume.labels, ...labelsOf(owner) })
  const args = [...driver, ...pairs('--opt', volume.options), ...labels, volume.engineName]
  await runDocker(context, ['volume', 'create', ...args])
}

export async function removeVolumes(context: Changing, names: readonly string[]): Promise<void> {
  if (names.length > 0) await runDocker(context, ['volume', 'rm', ...names])
}

/** `--label a=1 --label b=2` */
export function pairs(flag: string, values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flatMap(([key, value]) => [flag, `${key}=${value}`])
}
