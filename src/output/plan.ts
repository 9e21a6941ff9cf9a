import type { Json } from '@piko/sdk'
import type { CreationPlan } from '../environment/create.js'

/** The answer of `--dry-run`: the steps, and by plugin what they would make of the project. */
export interface PlanAnswer {
  readonly steps: readonly object[]
  readonly preview: { readonly [plugin: string]: { readonly [key: string]: Json } }
}

export function planAnswer({ steps, previews }: CreationPlan): PlanAnswer {
  const rows = steps.map(({ ordered, planned: { action, because } }) => {
    return { step: ordered.step.id, title: ordered.step.title, phase: ordered.phase, action, because }
  })
  const preview: Record<string, { readonly [key: string]: Json }> = {}
  for (const { plugin, answer } of previews) preview[plugin] = { ...preview[plugin], ...answer }
  return { steps: rows, preview }
}

export function planLines({ steps, previews }: CreationPlan): readonly string[] {
  const lines = steps.map(({ ordered: { step }, planned: { action, because } }) => {
    return `${action === 'change' ? '+' : '='} ${step.title} (${step.id}) - ${because}`
  })
  return [...lines, ...previews.flatMap(preview => ['', ...preview.lines]), 'Nothing was changed']
}
