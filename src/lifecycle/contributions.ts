import { detailsOf, type EnvironmentContext, type Filled, type Slot } from '@piko/sdk'
import { lifecycleErrors } from '../errors/lifecycle.js'
import type { ActivePlugin } from './active-plugin.js'
import { blame } from './run.js'

/** The plugins to collect from, and their contexts. */
export interface Asking {
  readonly plugins: readonly ActivePlugin[]
  contextOf(plugin: ActivePlugin): EnvironmentContext<unknown>
}

/** The values that active plugins contribute to a slot, sorted by plugin name. */
export function collect<Value, Input>(
  asking: Asking,
  { slot, input }: { readonly slot: Slot<Value, Input>; readonly input: Input },
): readonly Filled<Value>[] {
  return byName(asking.plugins).flatMap(plugin => {
    const fills = (plugin.definition.contributes?.fills ?? []).filter(fill => fill.slot.id === slot.id)
    const values = fills.map(fill =>
      askFor(plugin, `fill of ${slot.id}`, () => fill.with(asking.contextOf(plugin), input)),
    )
    // `fill` ties the value's type to the slot's.
    return values.flatMap(value =>
      value === undefined ? [] : [{ plugin: plugin.name, value: value as Value }],
    )
  })
}

/** All variables known so far. Throws `VARIABLE_CONFLICT` if two plugins disagree. */
export function collectVariables(asking: Asking): Readonly<Record<string, string>> {
  const authors = new Map<string, { readonly value: string; readonly plugin: string }>()
  for (const plugin of byName(asking.plugins)) {
    const variables = askForTexts(asking, { plugin, what: 'variables' })
    for (const [name, value] of Object.entries(variables)) {
      const other = authors.get(name)
      if (other && other.value !== value)
        throw lifecycleErrors.VARIABLE_CONFLICT({ variable: name, plugins: [other.plugin, plugin.name] })
      authors.set(name, { value, plugin: plugin.name })
    }
  }
  const names = [...authors.keys()].sort()
  return Object.fromEntries(names.map(name => [name, authors.get(name)?.value ?? '']))
}

/** The cells that plugins add to `piko list`, by column title. */
export function collectColumns(asking: Asking): Readonly<Record<string, string>> {
  const columns = byName(asking.plugins).map(plugin => askForTexts(asking, { plugin, what: 'columns' }))
  return Object.fromEntries(columns.flatMap(cells => Object.entries(cells)))
}

/** The words that commands accept after the environment's name, sorted. */
export function collectTargets(asking: Asking): readonly string[] {
  const targets = asking.plugins.flatMap(plugin =>
    askFor(
      plugin,
      'contributes.targets',
      () => plugin.definition.contributes?.targets?.(asking.contextOf(plugin)) ?? [],
    ),
  )
  return [...new Set(targets)].sort()
}

function askForTexts(
  asking: Asking,
  { plugin, what }: { readonly plugin: ActivePlugin; readonly what: 'variables' | 'columns' },
): Readonly<Record<string, string>> {
  return askFor(plugin, `contributes.${what}`, () => {
    const texts = plugin.definition.contributes?.[what]?.(asking.contextOf(plugin)) ?? {}
    const wrong = Object.entries(texts).find(([, value]) => typeof value !== 'string')
    if (wrong) throw new TypeError(`${wrong[0]} is not a text`)
    return texts
  })
}

/** Blames the contributing plugin, not the step that is running. */
export function askFor<Answer>(plugin: ActivePlugin, what: string, answer: () => Answer): Answer {
  try {
    return answer()
  } catch (error) {
    const failed = detailsOf(error)
      ? error
      : lifecycleErrors.CONTRIBUTION_FAILED({ ...plugin, what, cause: error })
    throw blame(failed, { plugin, step: { id: what } })
  }
}

function byName(plugins: readonly ActivePlugin[]): readonly ActivePlugin[] {
  return [...plugins].sort((a, b) => (a.name < b.name ? -1 : 1))
}
