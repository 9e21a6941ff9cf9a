import type { ExecResult } from '@piko/sdk'
import { stat } from 'node:fs/promises'
import { composeOptions, overridePath, projectArgs, runDocker } from '../docker.js'
import { fileErrors } from '../errors/files.js'
import { requireModel } from '../model/require.js'
import type { SiteContext } from '../site.js'

/** Runs the user's Compose command in the terminal, with this environment's project, files and profiles. */
export async function runCompose(context: SiteContext, words: readonly string[]): Promise<ExecResult> {
  const model = requireModel(context)
  const file = overridePath(context.environment)
  if ((await stat(file).catch(() => undefined)) === undefined)
    throw fileErrors.COMPOSE_NOT_RESOLVED({ environment: context.environment.name })
  const options = { ...composeOptions(model), terminal: true, allowFailure: true }
  return runDocker(context, [...projectArgs(model, context.environment), ...words], options)
}
