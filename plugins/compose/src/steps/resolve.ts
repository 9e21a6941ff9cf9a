import { defineStep, type StepContext } from '@piko/sdk'
import type { ComposeConfig } from '../config.js'
import { engineFact, type Invocation, type Model, modelFact, overrideSlot, projectFact } from '../contract.js'
import { readEngine } from '../docker.js'
import { fetchProject, type Resolved } from '../model/fetch.js'
import { readInvocation } from '../model/files.js'
import { projectName } from '../model/project-name.js'
import { portRequests, withPorts } from '../model/ports.js'
import { readModel } from '../model/read.js'
import { mergeFilled, removedServices } from '../override/merge.js'
import { findMissingSources } from '../validation/sources.js'
import { validate } from '../validation/validate.js'
import { findWarnings } from '../validation/warnings.js'

type Context = StepContext<ComposeConfig>

/** Reads the branch's Compose project and gives it names and ports of its own. Needs no engine. */
export const resolve = defineStep({
  id: 'compose:resolve',
  title: 'Reading the Compose files',
  phase: 'resolve',

  async do(context: Context) {
    const { project, environment } = context
    context.publish(engineFact, context.fact(engineFact) ?? (await readEngine(context)))
    const name = context.claimName('compose-project', projectName(project.name, environment.name))
    const invocation = { ...(await readInvocation(context.config, checkoutOf(context))), project: name }
    const resolved = await fetchProject(context, invocation)
    const named = readModel(invocation, resolved, (namespace, wanted) => context.claimName(namespace, wanted))
    validate(named)
    const model = await assignPorts(context, named)
    context.publish(projectFact, name)
    context.publish(modelFact, model)
    await warn(context, { model, resolved })
    return { project: name, files: [...invocation.files] }
  },

  /** Names and ports go back with the environment; nothing else was made. */
  async undo() {},
})

function checkoutOf({ environment }: Context) {
  return { path: environment.path, variables: environment.variables }
}

async function assignPorts(context: Context, model: Model): Promise<Model> {
  const removed = removedServices(mergeFilled(context.collect(overrideSlot, model)))
  const requests = portRequests(model, removed)
  const ports = requests.length === 0 ? {} : await context.assignPorts(requests)
  return withPorts(model, { ports, removed })
}

async function warn(
  context: Context,
  facts: { readonly model: Model; readonly resolved: Resolved },
): Promise<void> {
  const { model, resolved } = facts
  for (const warning of findWarnings(model, { worktree: context.environment.path, unset: resolved.unset })) {
    context.warn(warning)
  }
  for (const { kind, name, file } of await findMissingSources(model)) {
    const message = `The file ${file} of ${kind} ${name} is not there yet; \`piko up\` needs it`
    context.warn({ code: 'COMPOSE_SOURCE_ABSENT', message })
  }
  if (resolved.unread) context.warn(profilesUnread(model, resolved.unread))
}

function profilesUnread(model: Invocation, details: readonly string[]) {
  const code = 'COMPOSE_PROFILES_UNREAD' as const
  const on = model.profiles.length === 0 ? 'none' : model.profiles.join(', ')
  return {
    code,
    message: `Profiles other than those that are on (${on}) cannot be read: ${details.at(-1) ?? ''}`,
  }
}
