import { detailsOf, failure, type Failure, type Phase, type Step } from '@piko/sdk'

export function stepCycle(
  cycle: readonly string[],
  plugins: readonly { readonly packageName: string; readonly version: string }[],
): Failure {
  return failure({
    code: 'STEP_CYCLE',
    message: `These steps wait for each other: ${cycle.join(' → ')}`,
    details: plugins.map(({ packageName, version }) => `from ${packageName} ${version}`),
    hints: ['To continue without one of the plugins, set it to false under `plugins` in .piko.yml'],
    kind: 'plugin',
  })
}

export function stepDuplicate(step: string, plugins: readonly string[]): Failure {
  return failure({
    code: 'STEP_DUPLICATE',
    message: `The step ${step} is defined twice, by ${plugins.join(' and ')}`,
    kind: 'plugin',
  })
}

export function stepMisplaced(facts: { plugin: string; step: Step; other: string; phase: Phase }): Failure {
  const { plugin, step, other, phase } = facts
  return failure({
    code: 'STEP_MISPLACED',
    message: `The plugin ${plugin} orders ${step.id} (${step.phase}) by ${other}, which is in another phase (${phase})`,
    kind: 'plugin',
  })
}

export function stepUnknown(facts: { plugin: string; step: string; other: string }): Failure {
  return failure({
    code: 'STEP_UNKNOWN',
    message: `The plugin ${facts.plugin} orders ${facts.step} by ${facts.other}, a step that its plugin does not have`,
    kind: 'plugin',
  })
}

export function stepTimedOut(step: string, seconds: number): Failure {
  return failure({
    code: 'STEP_TIMED_OUT',
    message: `The step ${step} did not finish within ${seconds} seconds`,
    kind: 'plugin',
  })
}

export function receiptNotJson(step: string): Failure {
  return failure({
    code: 'STEP_RECEIPT_INVALID',
    message: `The step ${step} returned a value that JSON cannot hold`,
    kind: 'plugin',
  })
}

export function variableConflict(variable: string, plugins: readonly string[]): Failure {
  return failure({
    code: 'VARIABLE_CONFLICT',
    message: `The variable ${variable} is set differently by ${plugins.join(' and ')}`,
    kind: 'plugin',
  })
}

export function contributionFailed(
  plugin: { readonly packageName: string; readonly version: string },
  facts: { readonly what: string; readonly cause: unknown },
): Failure {
  const why = facts.cause instanceof Error ? facts.cause.message : String(facts.cause)
  return failure({
    code: 'CONTRIBUTION_FAILED',
    message: `\`${facts.what}\` of ${plugin.packageName} ${plugin.version} failed: ${why}`,
    hints: ['To continue without the plugin, set it to false under `plugins` in .piko.yml'],
    kind: 'plugin',
    cause: facts.cause,
  })
}

/** `retry`: the command that takes up what was left, where something was. */
export function interrupted(retry?: string): Failure {
  if (retry === undefined)
    return failure({ code: 'RUN_INTERRUPTED', message: 'Interrupted', kind: 'interrupted' })
  const message = 'Interrupted before everything was undone'
  const hints = [`To undo the rest, run \`${retry}\``]
  return failure({ code: 'RUN_INTERRUPTED', message, hints, kind: 'interrupted' })
}

/** Something that an unwinding could not take back. */
export interface Leftover {
  readonly step: string
  readonly title: string
  readonly error: unknown
}

export function leftBehind(
  leftovers: readonly Leftover[],
  facts: { retry: string; cause?: unknown },
): Failure {
  const first = detailsOf(facts.cause)
  const what = first ? `${first.message}; and ` : ''
  return failure({
    code: 'RUN_INCOMPLETE',
    message: `${what}${leftovers.length === 1 ? 'one step' : `${leftovers.length} steps`} could not be undone`,
    details: leftovers.map(
      ({ step, error }) => `${step}: ${error instanceof Error ? error.message : String(error)}`,
    ),
    hints: [
      ...new Set(leftovers.flatMap(({ error }) => detailsOf(error)?.hints ?? [])),
      `To try again, run \`${facts.retry}\``,
    ],
    kind: 'incomplete',
    cause: facts.cause,
  })
}

export function heldBack({ step, by }: { readonly step: string; readonly by: string }): Failure {
  return failure({
    code: 'STEP_HELD_BACK',
    message: `${step} was left with its data, since ${by} could not be undone`,
    kind: 'incomplete',
  })
}

export function pluginGone(facts: { plugin: string; packageName: string; step: string }): Failure {
  return failure({
    code: 'PLUGIN_GONE',
    message: `${facts.step} was run by the plugin ${facts.plugin}, which is not installed`,
    hints: [
      'To leave in place what it created, add `--forget`',
      `To undo it, install the plugin first: \`piko plugins install ${facts.packageName}\``,
    ],
    kind: 'plugin',
  })
}

export function factForeign(plugin: string, fact: string): Failure {
  return failure({
    code: 'FACT_FOREIGN',
    message: `The plugin ${plugin} published ${fact}, which is not its own`,
    kind: 'plugin',
  })
}
