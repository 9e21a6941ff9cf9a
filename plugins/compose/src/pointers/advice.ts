import { stringify } from 'yaml'
import type { Pointer } from '../contract.js'
import { hasPassword } from './secret.js'

/** Names that variables can have in `.piko.yml`. */
const variableName = /^(?!PIKO_)[A-Za-z_]\w*$/

/** The entries of `env:` that these pointers need. Leaves out a name that is invalid, or needed with two values. */
export function wantedVariables(pointers: readonly Pointer[]): ReadonlyMap<string, string> {
  const wanted = new Map<string, string>()
  const conflicting = new Set<string>()
  for (const { in: kind, name, template } of pointers) {
    if (hasPassword(template)) continue // .piko.yml is committed to git
    if (!variableName.test(name) || (kind !== 'environment' && kind !== 'build argument')) continue
    if ((wanted.get(name) ?? template) !== template) conflicting.add(name)
    wanted.set(name, template)
  }
  return new Map([...wanted].filter(([name]) => !conflicting.has(name)))
}

/** `env: { API_URL: "http://localhost:${port.api}" }` */
export function envLine(wanted: ReadonlyMap<string, string>): string {
  const entries = [...wanted].map(([name, value]) => `${stringify(name).trimEnd()}: ${JSON.stringify(value)}`)
  return `env: { ${entries.join(', ')} }`
}
