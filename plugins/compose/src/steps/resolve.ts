import { type Access, linksSlot, type Warning } from '@piko/sdk'
import { readReads } from '../access/checkout.js'
import { findAccess } from '../access/find-access.js'
import type { ComposeConfig } from '../config.js'
import {
  accessFact,
  engineFact,
  type Invocation,
  type Model,
  modelFact,
  projectFact,
  resolvedFact,
  servicesFact,
  warningsSlot,
} from '../contract.js'
import { parseAddress } from '../engine/address.js'
import { readEngine } from '../engine/current.js'
import { requireService } from '../engine/services.js'
import { type Read, readCheckout, rootsOf } from '../checkout/read-checkout.js'
import { ignoredVariables } from '../model/shell-variables.js'
import type { Resolved } from '../checkout/fetch.js'
import { modelHere } from '../override/here.js'
import { findAbsentMounts } from '../validation/absent-mounts.js'
import { findWarnings } from '../validation/findings.js'
import { absent, findMissingSources } from '../validation/sources.js'
import { textsOf } from '../validation/texts.js'
import { unsetVariables } from '../validation/variables.js'
import { defineSiteStep, type SiteContext } from '../site.js'

type Context = SiteContext<ComposeConfig>

/** Reads the branch's Compose project and assigns its names and ports. Needs no engine. */
export const resolve = defineSiteStep({
  id: 'compose:resolve',
  title: 'Reading the Compose files',
  undoTitle: 'Removing generated files',
  phase: 'resolve',

  async do(context: Context) {
    const { model } = await readProject(context)
    for (const word of context.targets) requireService(model, parseAddress(word).service)
    await sayIgnored(context)
    return { project: model.project, files: [...model.files] }
  },

  async preview(context: Context) {
    await readProject(context)
    await sayIgnored(context)
    return undefined
  },

  /** Nothing to undo: names and ports are released with the environment. */
  async undo() {},
})

/** Depends on the shell, so it is printed on each run instead of kept as a warning. */
async function sayIgnored({ config, environment, say }: Context): Promise<void> {
  const checkout = { path: environment.path, variables: environment.variables }
  for (const line of await ignoredVariables(config, checkout)) say(line)
}

/** Reads the checkout and publishes the facts that others need. */
export async function readProject(context: Context): Promise<Read> {
  context.publish(engineFact, context.fact(engineFact) ?? (await readEngine()))
  const { model, resolved } = await readCheckout(context)
  context.publish(projectFact, model.project)
  context.publish(modelFact, model)
  context.publish(resolvedFact, resolved.digests)
  context.publish(accessFact, await accessOf(context, resolved))
  const here = modelHere(context, model)
  context.publish(servicesFact, servicesWithContainers(here))
  for (const warning of await warningsOf(context, { model: here, resolved })) context.warn(warning)
  return { model, resolved }
}

async function accessOf(context: Context, { whole, written }: Resolved): Promise<readonly Access[]> {
  const { path: worktree, variables } = context.environment
  const { root } = context.project
  const links = context.collect(linksSlot, undefined).flatMap(({ value }) => value)
  const checkout = { path: worktree, variables, links }
  const { found: reads } = await readReads(context, { checkout, root })
  return [
    ...(await findAccess({ project: whole, written }, { worktree, root, links })),
    ...reads.filter(({ isUncertain }) => !isUncertain),
  ]
}

function servicesWithContainers({ services }: Model): readonly string[] {
  const entries = Object.entries(services)
  return entries.flatMap(([name, { active, provider }]) => (active && provider === undefined ? [name] : []))
}

async function warningsOf(context: Context, { model, resolved }: Read): Promise<readonly Warning[]> {
  const { path: worktree, variables } = context.environment
  const texts = textsOf(resolved.whole)
  const surroundings = { worktree, texts, variables }
  const filled = context.collect(warningsSlot, { model, texts })
  return [
    ...findWarnings(model, surroundings),
    ...filled.flatMap(({ value }) => value),
    ...(await findMissingSources(model)).map(absent),
    ...(await findAbsentMounts(model, rootsOf(context))),
    ...unsetVariables(resolved.unset),
    ...(resolved.wholeFailure ? [unreadableProfiles(model, resolved.wholeFailure)] : []),
  ]
}

function unreadableProfiles(model: Invocation, details: readonly string[]): Warning {
  const on = model.profiles.length === 0 ? 'none' : model.profiles.join(', ')
  return {
    code: 'COMPOSE_PROFILES_UNREAD',
    message: `Profiles other than the active ones (${on}) cannot be read: ${details.at(-1) ?? ''}`,
  }
}
