import type { Change, Override, Pointer } from '../contract.js'
import { ownValue } from '../pointers/find-pointers.js'
import { masked } from '../pointers/secret.js'
import { type Rule, servicesPart } from './rule.js'

/** A value of `env:` that replaces an address of the main checkout reaches the container, whatever the file does. */
export const pointers: Rule = {
  changes:
    'A variable or build argument that names a host port of the project gets the value that `env:` of `.piko.yml` has for that name',
  because: 'it would lead to the containers of the main checkout',
  see: '`piko explain NAME`',
  apply({ services }, { variables }) {
    const overrides: Record<string, Override> = {}
    const changes: Change[] = []
    for (const [name, { pointers: all = [] }] of Object.entries(services)) {
      const settled = all.flatMap(pointer => {
        const value = ownValue(pointer, { variables, services })
        return value === undefined ? [] : [{ pointer, value }]
      })
      if (settled.length === 0) continue
      overrides[name] = overrideOf(settled)
      changes.push(...settled.map(({ pointer, value }) => changeOf(name, pointer, value)))
    }
    return servicesPart(overrides, changes)
  },
}

type Settled = { readonly pointer: Pointer; readonly value: string }

function overrideOf(settled: readonly Settled[]): Override {
  const of = (kind: Pointer['in']) =>
    Object.fromEntries(
      settled
        .filter(({ pointer }) => pointer.in === kind)
        .map(({ pointer, value }) => [pointer.name, value] as const),
    )
  const [environment, args] = [of('environment'), of('build argument')]
  return {
    ...(Object.keys(environment).length === 0 ? {} : { environment }),
    ...(Object.keys(args).length === 0 ? {} : { build: { args } }),
  }
}

function changeOf(service: string, { in: kind, name, value: from }: Pointer, to: string): Change {
  const what = kind === 'environment' ? `variable ${name}` : `${kind} ${name}`
  return {
    service,
    what,
    from: masked(from),
    to: masked(to),
    because: 'it names a host port of the main checkout',
  }
}
