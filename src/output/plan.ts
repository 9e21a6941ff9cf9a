import { type Access, accessLines, type Json } from '@piko/sdk'
import type { CreationPlan } from '../environment/create.js'
import { titleSteps } from '../lifecycle/titles.js'
import { groupSteps } from './groups.js'

/** The answer of `--dry-run`: the steps, and each plugin's preview. */
export interface PlanAnswer {
  readonly steps: readonly object[]
  readonly preview: { readonly [plugin: string]: { readonly [key: string]: Json } }
  /** What the branch reaches outside its worktree; `asks`: what needs approval. */
  readonly access: readonly Access[]
  readonly asks: readonly string[]
}

export function planAnswer({ steps, previews, trust }: CreationPlan): PlanAnswer {
  const rows = steps.map(({ ordered, planned: { action, because } }) => {
    return { step: ordered.step.id, title: ordered.step.title, phase: ordered.phase, action, because }
  })
  const preview: Record<string, { readonly [key: string]: Json }> = {}
  for (const { plugin, answer } of previews) preview[plugin] = { ...preview[plugin], ...answer }
  return { steps: rows, preview, access: trust.reached, asks: trust.asks }
}

/** The plan as text: what would happen, grouped as the progress lines would be. */
export function planLines(
  { steps, previews, skipped, trust }: CreationPlan,
  { name, folder }: { readonly name: string; readonly folder: string },
): readonly string[] {
  const titled = titleSteps(
    'create',
    steps.map(({ ordered }) => ordered),
  )
  const groups = groupSteps(titled).flatMap(({ title, ids }) => {
    const isDone = steps.every(
      ({ ordered, planned }) => !ids.includes(ordered.step.id) || planned.action === 'nothing',
    )
    if (isDone) return [`${title}: already done`]
    const previewLines = previews.filter(({ step }) => ids.includes(step)).flatMap(({ lines }) => lines)
    const unpreviewable = new Set<string>(
      steps.flatMap(({ ordered: { step } }) => ('preview' in step ? [] : [step.id])),
    )
    const withoutPreview = ids.filter(id => unpreviewable.has(id))
    if (previewLines.length === 0 && withoutPreview.length === 0) return []
    const lines = previewLines.length > 0 ? previewLines : titlesIn(withoutPreview, { title, titled })
    return [title, ...lines.map(line => `  ${line}`)]
  })
  const near = groups.map(line => line.replaceAll(`${folder}/`, ''))
  const without = skipped.map(({ problem }) => `! ${problem.message}`)
  return [`Plan for ${name}:`, '', ...trustLines(trust), ...near, ...without, '', 'Nothing was changed']
}

/** First of all, what the branch reaches, and what needs approval. */
function trustLines({ reached, isRead, asks }: CreationPlan['trust']): readonly string[] {
  return [
    ...accessLines(reached),
    ...(asks.length === 0 ? [] : ['Needs your approval', ...asks.map(item => `  ${item}`)]),
    ...(isRead
      ? []
      : ['! The branch was not read any further: `--dry-run` opens and fetches nothing for it']),
  ]
}

/** The titles of steps that have no preview. */
function titlesIn(
  ids: readonly string[],
  { title, titled }: { readonly title: string; readonly titled: ReturnType<typeof titleSteps> },
): readonly string[] {
  return titled.filter(step => ids.includes(step.id) && step.title !== title).map(step => step.title)
}
