import type { Warning } from '@piko/sdk'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import type { OrderedStep } from '../lifecycle/ordered-step.js'
import type { Run } from '../lifecycle/run.js'
import type { Skipped } from '../plugins/usable.js'

/** Warns about the plugins that this run skips, replacing such warnings of earlier runs. */
export function warnOfSkipped(
  run: Run,
  { plugins, skipped }: { readonly plugins: readonly ActivePlugin[]; readonly skipped: readonly Skipped[] },
): void {
  const names = [...plugins.map(({ name }) => name), ...skipped.map(({ plugin }) => plugin)]
  for (const name of new Set(names)) run.forgetWarnings(placeOf(name))
  for (const { plugin, problem } of skipped) {
    const { code, message, hints = [] } = problem
    const warning: Warning = { code, message, hints }
    run.warn(placeOf(plugin), warning)
  }
}

export function withoutSkipped(
  steps: readonly OrderedStep[],
  skipped: readonly Skipped[],
): readonly OrderedStep[] {
  return steps.filter(step => !skipped.some(({ plugin }) => plugin === step.plugin.name))
}

/** No step has this id: it marks a warning about the whole plugin. */
function placeOf(plugin: string): string {
  return `${plugin}:skipped`
}
