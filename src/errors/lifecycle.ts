import { detailsOf, errorTable } from '@piko/sdk'

type Package = { packageName: string; version: string }
type Misplaced = { plugin: string; step: { id: string; phase: string }; other: string; phase: string }
/** A step that could not be undone, and why. */
type Leftover = { step: string; error: unknown }
/** `retry`: the command that undoes the rest; `cause`: what failed before. */
type Incomplete = { leftovers: readonly Leftover[]; retry: string; cause?: unknown }
type Contribution = Package & { what: string; cause: unknown }

const withoutPlugin = 'To continue without the plugin, set it to false under `plugins` in .piko.yml'

export const lifecycleErrors = errorTable({
  STEP_CYCLE: ({ cycle, plugins }: { cycle: readonly string[]; plugins: readonly Package[] }) => ({
    message: `These steps wait for each other: ${cycle.join(' → ')}`,
    details: plugins.map(({ packageName, version }) => `from ${packageName} ${version}`),
    hints: ['To continue without one of the plugins, set it to false under `plugins` in .piko.yml'],
    kind: 'plugin',
  }),
  STEP_DUPLICATE: ({ step, plugins }: { step: string; plugins: readonly string[] }) => ({
    message: `The step ${step} is defined twice, by ${plugins.join(' and ')}`,
    kind: 'plugin',
  }),
  STEP_MISPLACED: ({ plugin, step, other, phase }: Misplaced) => ({
    message: `The plugin ${plugin} orders ${step.id} (${step.phase}) by ${other}, which is in another phase (${phase})`,
    kind: 'plugin',
  }),
  STEP_UNKNOWN: ({ plugin, step, other }: { plugin: string; step: string; other: string }) => ({
    message: `The plugin ${plugin} orders ${step} by ${other}, a step that its plugin does not have`,
    kind: 'plugin',
  }),
  STEP_TIMED_OUT: ({ step, seconds }: { step: string; seconds: number }) => ({
    message: `The step ${step} did not finish within ${seconds} seconds`,
    kind: 'plugin',
  }),
  STEP_RECEIPT_INVALID: ({ step }: { step: string }) => ({
    message: `The step ${step} returned a value that JSON cannot hold`,
    kind: 'plugin',
  }),
  STEP_HELD_BACK: ({ step, by }: { step: string; by: string }) => ({
    message: `${step} was left with its data, since ${by} could not be undone`,
    kind: 'incomplete',
  }),
  VARIABLE_CONFLICT: ({ variable, plugins }: { variable: string; plugins: readonly string[] }) => ({
    message: `The variable ${variable} is set differently by ${plugins.join(' and ')}`,
    kind: 'plugin',
  }),
  CONTRIBUTION_FAILED: ({ packageName, version, what, cause }: Contribution) => ({
    message: `\`${what}\` of ${packageName} ${version} failed: ${textOf(cause)}`,
    hints: [withoutPlugin],
    kind: 'plugin',
    cause,
  }),
  /** `retry`: the command that undoes the rest, if there is any. */
  RUN_INTERRUPTED: ({ retry }: { retry?: string | undefined }) =>
    retry === undefined
      ? { message: 'Interrupted', kind: 'interrupted' }
      : {
          message: 'Interrupted before everything was undone',
          hints: [`To undo the rest, run \`${retry}\``],
          kind: 'interrupted',
        },
  RUN_INCOMPLETE: ({ leftovers, retry, cause }: Incomplete) => {
    const first = detailsOf(cause)
    const hints = new Set(leftovers.flatMap(({ error }) => detailsOf(error)?.hints ?? []))
    return {
      message: `${first ? `${first.message}; and ` : ''}${leftovers.length === 1 ? 'one step' : `${leftovers.length} steps`} could not be undone`,
      details: leftovers.map(({ step, error }) => `${step}: ${textOf(error)}`),
      hints: [...hints, `To try again, run \`${retry}\``],
      kind: 'incomplete',
      cause,
    }
  },
  PLUGIN_GONE: ({ plugin, packageName, step }: { plugin: string; packageName: string; step: string }) => ({
    message: `${step} was run by the plugin ${plugin}, which is not installed`,
    hints: [
      'To leave in place what it created, add `--forget`',
      `To undo it, install the plugin first: \`piko plugins install ${packageName}\``,
    ],
    kind: 'plugin',
  }),
  FACT_FOREIGN: ({ plugin, fact }: { plugin: string; fact: string }) => ({
    message: `The plugin ${plugin} published ${fact}, which is not its own`,
    kind: 'plugin',
  }),
})

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
