import { stat } from 'node:fs/promises'
import type { Failure, Warning } from '@piko/sdk'
import type { Model, Source } from '../contract.js'
import { fileErrors } from '../errors/files.js'

/** A secret or config that no container can get, as an error to throw. */
type Missing = Failure

/** Finds missing secrets and configs. Compose ignores them until `up`, which fails with half of the services up. */
export async function findMissingSources({ sources }: Model): Promise<readonly Missing[]> {
  const found = await Promise.all(sources.map(findProblem))
  return found.filter(problem => problem !== undefined)
}

export async function requireSources(model: Model): Promise<void> {
  const [missing] = await findMissingSources(model)
  if (missing) throw missing
}

/** The same as a warning, while nothing is started. */
export function absent({ message, details }: Missing): Warning {
  const hints = details.hints === undefined ? {} : { hints: details.hints }
  return { code: 'COMPOSE_SOURCE_ABSENT', message: `${message}; \`piko up\` needs it`, ...hints }
}

async function findProblem(source: Source): Promise<Missing | undefined> {
  switch (source.from) {
    case 'file':
      return (await stat(source.file).catch(() => undefined))
        ? undefined
        : fileErrors.COMPOSE_SOURCE_MISSING(source)
    case 'variable':
      // A config without a value is an empty file; a secret without one is an error in Compose.
      return source.kind === 'config' || source.isSet ? undefined : fileErrors.COMPOSE_SOURCE_MISSING(source)
    case 'text':
      return undefined
    case 'engine':
      return fileErrors.COMPOSE_SOURCE_EXTERNAL(source)
  }
}
