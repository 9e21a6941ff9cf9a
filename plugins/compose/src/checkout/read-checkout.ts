import { relative } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { ComposeConfig } from '../config.js'
import { choiceFact, type Invocation, type Model, overrideSlot, selectionFact } from '../contract.js'
import { withBases } from '../model/bases.js'
import { readInvocation, readVariables, withProfiles } from '../model/files.js'
import type { Roots } from '../model/leaving.js'
import { portRequests, withPorts } from '../model/ports.js'
import { projectName } from '../model/project-name.js'
import { readModel } from './read.js'
import { mergeFilled, removedServices } from '../override/merge.js'
import { requireSoundPorts } from '../validation/port-syntax.js'
import { refuseClaimedExternals, refuseReservedNames } from '../validation/reserved-names.js'
import { validate } from '../validation/validate.js'
import { fetchProject, type Resolved } from './fetch.js'
import { withPointers } from './read-main.js'
import type { SiteContext } from '../site.js'

type Context = SiteContext<ComposeConfig>

export interface Read {
  readonly model: Model
  readonly resolved: Resolved
}

/**
 * Reads the checkout, claims names and assigns ports. Values of `env:` may contain ports (`WEB_PORT: "${port.web}"`)
 * and the files may contain those values; if so, the files are read again.
 */
export async function readCheckout(context: Context): Promise<Read> {
  const before = context.environment.variables
  const first = await readOnce(context)
  return isDeepStrictEqual(before, context.environment.variables) ? first : readOnce(context)
}

export function rootsOf({ environment, project }: Pick<Context, 'environment' | 'project'>): Roots {
  return { worktree: environment.path, root: project.root }
}

async function readOnce(context: Context): Promise<Read> {
  const { environment, config } = context
  const checkout = { path: environment.path, variables: environment.variables }
  const project = context.claimName('compose-project', projectName(context.project.name, environment.name))
  const chosen = withProfiles(config, context.fact(choiceFact) ?? {})
  const invocation: Invocation = { ...(await readInvocation(chosen, checkout)), project }
  const selection = context.fact(selectionFact) ?? undefined
  const resolved = await fetchProject(context, invocation, { worktree: environment.path, selection })
  const names = invocation.files.map(file => relative(invocation.directory, file))
  requireSoundPorts(resolved.whole, names)
  const variables = await readVariables(config, checkout)
  const named = readModel(invocation, resolved, {
    roots: rootsOf(context),
    selection,
    claim: (namespace, wanted) => context.claimName(namespace, wanted),
    hasVariable: name => name in variables || name in process.env,
  })
  validate(named)
  refuseReservedNames(context, named)
  refuseClaimedExternals(context, named)
  const model = await assignPorts(context, await withBases(named))
  return { model: withPointers(model, resolved.whole), resolved }
}

async function assignPorts(context: Context, model: Model): Promise<Model> {
  const removed = removedServices(mergeFilled(context.collect(overrideSlot, model)))
  const requests = portRequests(model, removed)
  const ports = requests.length === 0 ? {} : await context.assignPorts(requests)
  return withPorts(model, { ports, removed })
}
