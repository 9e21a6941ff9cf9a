import type { Model } from '@piko/plugin-compose/contract'
import * as z from 'zod'

/** Where a service says how it reaches a server that is shared: a variable of it, where it is one. */
export interface Use {
  readonly service: string
  readonly variable?: { readonly name: string; readonly value: string }
}

export interface Question {
  /** The server. */
  readonly server: string
  readonly model: Pick<Model, 'services'>
  /** By service: JSON of all that the files say of it. */
  readonly texts: Readonly<Record<string, string>>
  /** Services that are shared themselves. */
  readonly shared: readonly string[]
  /** Whether what a service says leads to a place of the environment's own. */
  isOwn(text: string): boolean
}

/** The services that use a server and share its data with all other environments. */
export function findCommonUses({ server, model, texts, shared, isOwn }: Question): readonly Use[] {
  return Object.entries(model.services).flatMap(([service, { active, dependsOn, links }]): readonly Use[] => {
    const text = texts[service] ?? '{}'
    if (!active || shared.includes(service) || isOwn(text)) return []
    const variable = variablesOf(text).find(({ value }) => namesServer(value, server))
    const leans = server in dependsOn || links.some(link => link.split(':')[0] === server)
    if (variable) return [{ service, variable }]
    return leans || namesServer(text, server) ? [{ service }] : []
  })
}

const said = z.object({ environment: z.record(z.string(), z.unknown()).nullish() })

function variablesOf(text: string): readonly { readonly name: string; readonly value: string }[] {
  const { environment } = said.parse(JSON.parse(text))
  return Object.entries(environment ?? {}).map(([name, value]) => ({ name, value: String(value) }))
}

/** `redis://redis:6379`, `redis:6379`, `user@redis/0`, `redis`; not `redis:7`, which is an image, nor `redis-data`. */
function namesServer(text: string, server: string): boolean {
  const name = escaped(server)
  const forms = [`(//|@)${name}(?![\\w.-])`, `(?<![\\w./-])${name}:\\d{4,5}(?!\\d)`]
  return text === server || new RegExp(forms.join('|')).test(text)
}

/** Whether a service says that it goes to this database, or index, of the server. */
export function isAt(
  text: string,
  { server, name }: { readonly server: string; readonly name: string },
): boolean {
  if (new RegExp(`${escaped(server)}(:\\d+)?/${escaped(name)}(?![\\w-])`).test(text)) return true
  return variablesOf(text).some(({ name: key, value }) => value === name && /db|database|index/i.test(key))
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
