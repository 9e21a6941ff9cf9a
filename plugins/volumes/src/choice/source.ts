import { engineFact, modelFact } from '@piko/plugin-compose/contract'
import { fetchMainStack } from '@piko/plugin-compose/contract/engine'
import { isDeepStrictEqual } from 'node:util'
import type { VolumesContext } from '../context.js'
import { volumeErrors } from '../errors/volumes.js'

/** The source of data: the main stack or an environment. */
export interface Source {
  /** The name shown to users. */
  readonly title: string
  /** The engine name of the source's volume with this key, if it has one. */
  nameOf(key: string): string | undefined
}

/** Finds `main` or an environment by name. Throws `VOLUMES_SOURCE_UNKNOWN`. */
export async function fetchSource(context: VolumesContext, name: string): Promise<Source> {
  return name === 'main' ? fetchMain(context) : environmentSource(context, name)
}

async function fetchMain(context: VolumesContext): Promise<Source> {
  const model = context.fact(modelFact)
  const roots = { worktree: context.environment.path, root: context.project.root }
  const main = model && (await fetchMainStack(context, model, roots))
  const volumes = main?.volumes ?? {}
  return { title: 'the main stack', nameOf: key => volumes[key]?.name }
}

function environmentSource(context: VolumesContext, name: string): Source {
  if (name === context.environment.name)
    throw volumeErrors.VOLUMES_SOURCE_UNKNOWN({ name, because: 'it is the environment itself' })
  const model = context.fact(modelFact, { environment: name })
  if (!model)
    throw volumeErrors.VOLUMES_SOURCE_UNKNOWN({
      name,
      because: 'there is no such environment with Compose services',
    })
  const [here, there] = [context.fact(engineFact), context.fact(engineFact, { environment: name })]
  if (!isDeepStrictEqual(here, there))
    throw volumeErrors.VOLUMES_SOURCE_UNKNOWN({ name, because: 'it is on another Docker engine' })
  return { title: `the environment ${name}`, nameOf: key => model.volumes[key]?.engineName }
}
