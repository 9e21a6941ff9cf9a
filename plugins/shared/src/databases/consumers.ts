import type { Model } from '@piko/plugin-compose/contract'
import * as z from 'zod'

/** A service that refers to a shared server, with the variable that does so, if any. */
export interface Use {
  readonly service: string
  readonly variable?: { readonly name: string; readonly value: string }
}

export interface Question {
  /** The server. */
  readonly server: string
  readonly model: Pick<Model, 'services'>
  /** The definition of each service, as JSON. */
  readonly texts: Readonly<Record<string, string>>
  /** Services that are shared themselves. */
  readonly shared: readonly string[]
  /** Whether a service's definition refers to the environment's own database. */
  isOwn(text: string): boolean
}

/** The services that use a server's data in common with all other environments. */
export function findCommonUses({ server, model, texts, shared, isOwn }: Question): readonly Use[] {
  return Object.entries(model.services).flatMap(([service, { active, dependsOn, links }]): readonly Use[] => {
    const text = texts[service] ?? '{}'
    if (!active || shared.includes(service) || isOwn(text)) return []
    const variable = variablesOf(text).find(({ value }) => namesServer(value, server))
    const dependsOnServer = server in dependsOn || links.some(link => link.split(':')[0] === server)
    if (variable) return [{ service, variable }]
    return dependsOnServer || namesServer(text, server) ? [{ service }] : []
  })
}

const definition = z.object({ environment: z.record(z.string(), z.unknown()).nullish() })

export function variablesOf(text: string): readonly { readonly name: string; readonly value: string }[] {
  const { environment } = definition.parse(JSON.parse(text))
  return Object.entries(environment ?? {}).map(([name, value]) => ({ name, value: String(value) }))
}

/**
 * Matches `redis://redis:6379`, `redis:6379`, `user@redis/0` and `redis`; not `redis:7`, an image, nor `redis-data`.
 */
function namesServer(text: string, server: string): boolean {
  const name = escaped(server)
  const forms = [`(//|@)${name}(?![\\w.-])`, `(?<![\\w./-])${name}:\\d{4,5}(?!\\d)`]
  return text === server || new RegExp(forms.join('|')).test(text)
}

/** Whether a service's definition refers to this database or index of the server. */
export function refersToDatabase(
  text: string,
  { server, name }: { readonly server: string; readonly name: string },
): boolean {
  if (new RegExp(`${escaped(server)}(:\\d+)?/${escaped(name)}(?![\\w-])`).test(text)) return true
  return variablesOf(text).some(({ name: key, value }) => value === name && /db|database|index/i.test(key))
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
