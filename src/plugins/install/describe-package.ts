import type { InstalledPackage } from '../candidate.js'

/** What the registry says about a package: who publishes it, since when, and what it would bring along. */
export function describePackage({ name, version, pjson }: InstalledPackage): readonly string[] {
  const text = (key: string) => textOf(Reflect.get(pjson, key))
  const times: unknown = Reflect.get(pjson, 'time')
  const at = (key: string) =>
    typeof times === 'object' && times !== null ? textOf(Reflect.get(times, key))?.slice(0, 10) : undefined
  const dependencies: unknown = Reflect.get(pjson, 'dependencies')
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['published', [at(version), publisherOf(pjson)].filter(Boolean).join(' by ') || undefined],
    ['first version', at('created')],
    ['maintainers', listOf(Reflect.get(pjson, 'maintainers'))],
    ['repository', repositoryOf(Reflect.get(pjson, 'repository'))],
    ['license', text('license')],
    ['dependencies', Object.keys(Object(dependencies ?? {}) as object).join(', ') || 'none'],
  ]
  const said = facts.flatMap(([title, fact]) => (fact === undefined ? [] : [`  ${title}: ${fact}`]))
  return [`${name} ${version}: ${text('description') ?? 'no description'}`, ...said]
}

function publisherOf(pjson: object): string | undefined {
  const user: unknown = Reflect.get(pjson, '_npmUser')
  return textOf(user) ?? nameIn(user)
}

function listOf(value: unknown): string | undefined {
  const all: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value]
  return all.flatMap(one => textOf(one) ?? nameIn(one) ?? []).join(', ') || undefined
}

function repositoryOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return textOf(value)
  return textOf(Reflect.get(value, 'url'))
}

function nameIn(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? textOf(Reflect.get(value, 'name')) : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
