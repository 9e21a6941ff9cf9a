import { type Access, type AccessDefinition, type Context, linksSlot } from '@piko/sdk'
import type { ActivePlugin } from '../../lifecycle/active-plugin.js'
import { askingIn, makeContext } from '../../lifecycle/context.js'
import { collect } from '../../lifecycle/contributions.js'
import { orderSteps } from '../../lifecycle/order.js'
import { stepsThrough, wind } from '../../lifecycle/wind.js'
import { projectScope } from '../../runs/project-scope.js'
import type { Scope } from '../../lifecycle/scope.js'
import type { Workspace } from '../../workspace/open.js'
import type { Trial } from '../trial.js'

/** What a branch reaches outside its worktree. */
export interface Review {
  readonly reached: readonly Access[]
  /** False if the branch was not read, because reading it reaches too much. */
  readonly isWhole: boolean
}

/** Whether what reading a branch reaches is allowed. */
export type MayRead = (reading: readonly Access[]) => Promise<boolean>

/** Reviews the branch of a trial. Runs nothing of it. */
export async function review(trial: Trial, mayRead: MayRead): Promise<Review> {
  const { run } = trial
  const reading = await reviewReading(trial)
  if (!(await mayRead(reading))) return { reached: reading, isWhole: false }
  const steps = orderSteps(run.scope.plugins)
  await wind(run, stepsThrough(steps, 'reserve')) // by contract, these steps only lease, in the database
  for (const ordered of steps.filter(
    ({ phase, plugin }) => phase === 'resolve' && plugin.definition.access,
  )) {
    const step = ordered.plugin.definition.steps?.find(({ id }) => id === ordered.step.id)
    await step?.preview?.(run.contextOf(ordered, { verb: run.verb, signal: run.interrupt.first }))
    run.refresh()
  }
  return { reached: reachedBy(run, reading), isWhole: true }
}

/** What reading the branch of a trial reaches. */
export async function reviewReading({ run, path }: Trial): Promise<readonly Access[]> {
  const { scope, interrupt } = run
  const { variables } = scope.environment()
  const links = linksOf(scope, interrupt.first)
  const asked = withAccess(scope.plugins).map(async ({ plugin, access }) => {
    const context = makeContext(scope, { plugin, verb: 'look', signal: interrupt.first })
    return access.ofReading(context, { path, variables, links })
  })
  return (await Promise.all(asked)).flat()
}

/** What an environment reaches, as last read. */
export function accessOf(scope: Scope, signal: AbortSignal): readonly Access[] {
  const asking = askingIn(scope, { verb: 'look', signal })
  return withAccess(scope.plugins).flatMap(({ plugin, access }) => access.of(asking.contextOf(plugin)))
}

/** The same, with what reading it reaches but does not list. */
export function reachedBy({ scope, interrupt }: Trial['run'], reading: readonly Access[]): readonly Access[] {
  return [...accessOf(scope, interrupt.first), ...reading.filter(({ isUncertain }) => isUncertain)]
}

/** What the main checkout's own model reaches. */
export async function readMainAccess(
  workspace: Workspace,
  plugins: readonly ActivePlugin[],
  signal: AbortSignal,
): Promise<readonly Access[]> {
  return askMain(workspace, { plugins, signal }, (access, context) => access.ofMain(context))
}

/** What reading the main checkout reaches. */
export async function readMainReading(
  workspace: Workspace,
  plugins: readonly ActivePlugin[],
  signal: AbortSignal,
): Promise<readonly Access[]> {
  const checkout = { path: workspace.project.root, variables: {}, links: [] }
  return askMain(workspace, { plugins, signal }, (access, context) => access.ofReading(context, checkout))
}

async function askMain(
  workspace: Workspace,
  { plugins, signal }: { readonly plugins: readonly ActivePlugin[]; readonly signal: AbortSignal },
  question: (access: AccessDefinition, context: Context<unknown>) => Promise<readonly Access[]>,
): Promise<readonly Access[]> {
  const scope = projectScope(workspace, plugins)
  const answers = withAccess(plugins).map(async ({ plugin, access }) =>
    question(access, makeContext(scope, { plugin, verb: 'look', signal })),
  )
  return (await Promise.all(answers)).flat()
}

/** With the path of the copy replaced by that of the worktree to be. */
export function movedTo(
  access: Access,
  { from, to }: { readonly from: string; readonly to: string },
): Access {
  return { ...access, message: access.message.replaceAll(from, () => to) }
}

function withAccess(plugins: readonly ActivePlugin[]) {
  return plugins.flatMap(plugin => {
    const { access } = plugin.definition
    return access ? [{ plugin, access }] : []
  })
}

function linksOf(scope: Scope, signal: AbortSignal): readonly string[] {
  const filled = collect(askingIn(scope, { verb: 'look', signal }), { slot: linksSlot, input: undefined })
  return filled.flatMap(({ value }) => value)
}
