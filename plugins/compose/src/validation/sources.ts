import { stat } from 'node:fs/promises'
import type { Model, Source } from '../contract.js'
import { sourceMissing } from '../errors.js'

/** Compose reads past a missing secret or config and fails at `up`, when half of the services run. */
export async function findMissingSources({ sources }: Model): Promise<readonly Source[]> {
  const found = await Promise.all(sources.map(({ file }) => stat(file).catch(() => undefined)))
  return sources.filter((_, index) => found[index] === undefined)
}

export async function requireSources(model: Model): Promise<void> {
  const [missing] = await findMissingSources(model)
  if (missing) throw sourceMissing(missing)
}
