import type { Context } from '@piko/sdk'
import { type Choice, choiceFact } from '../contract.js'
import { selectionErrors } from '../errors/selection.js'

type Asking = Pick<Context<unknown>, 'fact' | 'flags' | 'verb'>

/** The selection in the flags of `create`, or else the stored one. Throws if the flags contradict each other. */
export function readChoice(context: Asking): Choice {
  return (context.verb === 'create' ? readFlags(context.flags) : undefined) ?? context.fact(choiceFact) ?? {}
}

/** Undefined if none of the flags is given. */
export function readFlags(flags: Context<unknown>['flags']): Choice | undefined {
  const [only, except, profiles] = ['only', 'except', 'profile'].map(name => namesOf(flags[name]))
  if (!only && !except && !profiles) return undefined
  const twice = (only ?? []).find(name => except?.includes(name))
  if (twice !== undefined) throw selectionErrors.COMPOSE_SELECTION_CONFLICT({ name: twice })
  return { ...(only ? { only } : {}), ...(except ? { except } : {}), ...(profiles ? { profiles } : {}) }
}

/** Adds services that `piko up` named. They are no longer excluded. Pure. */
export function withAdded(choice: Choice, services: readonly string[]): Choice {
  const except = (choice.except ?? []).filter(name => !services.includes(name))
  const added = [...new Set([...(choice.added ?? []), ...services])]
  const { except: _, ...rest } = choice
  return { ...rest, ...(except.length > 0 ? { except } : {}), added }
}

/** `--only web,db --only cache` gives `["web", "db", "cache"]`. */
function namesOf(value: Context<unknown>['flags'][string]): readonly string[] | undefined {
  if (value === undefined || typeof value === 'boolean') return undefined
  const names = [value].flat().flatMap(text => text.split(','))
  return [...new Set(names.map(name => name.trim()).filter(name => name !== ''))]
}
