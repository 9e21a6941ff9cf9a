import type { PlannedStep } from '../lifecycle/plan.js'

/** The answer of `--dry-run`. */
export function planAnswer(planned: readonly PlannedStep[]): { readonly steps: readonly object[] } {
  const steps = planned.map(({ ordered, planned: { action, because } }) => {
    return { step: ordered.step.id, title: ordered.step.title, phase: ordered.phase, action, because }
  })
  return { steps }
}

export function planLines(planned: readonly PlannedStep[]): readonly string[] {
  const lines = planned.map(({ ordered: { step }, planned: { action, because } }) => {
    return `${action === 'change' ? '+' : '='} ${step.title} (${step.id}) - ${because}`
  })
  return [...lines, 'Nothing was changed']
}
