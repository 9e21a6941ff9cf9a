import { defineStep, type StepContext, type Warning } from '@piko/sdk'
import type { ComposeConfig } from '../config.js'
import { engineFact, type Invocation, modelFact, projectFact, resolvedFact } from '../contract.js'
import { readEngine } from '../engine/current.js'
import { type Read, readCheckout, rootsOf } from '../model/read-checkout.js'
import { modelHere } from '../override/here.js'
import { findAbsentMounts } from '../validation/absent-mounts.js'
import { findWarnings } from '../validation/findings.js'
import { absent, findMissingSources } from '../validation/sources.js'
import { textsOf } from '../validation/texts.js'
import { unsetVariables } from '../validation/variables.js'

type Context = StepContext<ComposeConfig>

/** Reads the branch's Compose project and gives it names and ports of its own. Needs no engine. */
export const resolve = defineStep({
  id: 'compose:resolve',
  title: 'Reading the Compose files',
  phase: 'resolve',

  do: read,

  async preview(context: Context) {
    await read(context)
    return undefined
  },

  /** Names and ports go back with the environment; nothing else was made. */
  async undo() {},
})

async function read(context: Context) {
  context.publish(engineFact, context.fact(engineFact) ?? (await readEngine()))
  const { model, resolved } = await readCheckout(context)
  context.publish(projectFact, model.project)
  context.publish(modelFact, model)
  context.publish(resolvedFact, resolved.digests)
  const here = modelHere(context, model)
  for (const warning of await warningsOf(context, { model: here, resolved })) context.warn(warning)
  return { project: model.project, files: [...model.files] }
}

async function warningsOf(context: Context, { model, resolved }: Read): Promise<readonly Warning[]> {
  const surroundings = { worktree: context.environment.path, texts: textsOf(resolved.whole) }
  return [
    ...findWarnings(model, surroundings),
    ...(await findMissingSources(model)).map(absent),
    ...(await findAbsentMounts(model, rootsOf(context))),
    ...unsetVariables(resolved.unset),
    ...(resolved.unread ? [profilesUnread(model, resolved.unread)] : []),
  ]
}

function profilesUnread(model: Invocation, details: readonly string[]): Warning {
  const on = model.profiles.length === 0 ? 'none' : model.profiles.join(', ')
  return {
    code: 'COMPOSE_PROFILES_UNREAD',
    message: `Profiles other than those that are on (${on}) cannot be read: ${details.at(-1) ?? ''}`,
  }
}
