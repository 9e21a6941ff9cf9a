import * as z from 'zod'
import { composeArgs, composeOptions, lookDocker, type Looking } from '../docker.js'
import type { Model, Source } from '../contract.js'

/** A secret or config that Compose would copy into the container, where root could overwrite it. */
export interface SourceText {
  readonly kind: Source['kind']
  readonly name: string
  readonly services: readonly string[]
  readonly text: string
}

/** Those that can be mounted from a read-only file instead, with their text. */
export async function fetchSourceTexts(context: Looking, model: Model): Promise<readonly SourceText[]> {
  const sources = model.sources.filter(source => !source.hasOwner)
  const variables = sources.flatMap(source => (source.from === 'variable' ? [source.variable] : []))
  const values = variables.length === 0 ? {} : await fetchValues(context, { model, variables })
  return sources.flatMap(source => {
    const { kind, name, services } = source
    if (source.from === 'text') return [{ kind, name, services, text: source.text }]
    if (source.from !== 'variable' || !(source.isSet || kind === 'config')) return []
    return [{ kind, name, services, text: values[source.variable] ?? '' }]
  })
}

const answer = z.object({
  services: z.object({ values: z.object({ environment: z.record(z.string(), z.string().nullable()) }) }),
})

/** Compose resolves the values, since `.env` has its own rules for building one from others. */
async function fetchValues(
  context: Looking,
  { model, variables }: { readonly model: Model; readonly variables: readonly string[] },
): Promise<Readonly<Record<string, string>>> {
  const environment = Object.fromEntries(variables.map(name => [name, `\${${name}-}`]))
  const input = JSON.stringify({ services: { values: { image: 'none', environment } } })
  const args = [...composeArgs({ ...model, files: ['-'] }), 'config', '--format', 'json'] as const
  const { stdout } = await lookDocker(context, args, { ...composeOptions(model), input })
  const values = answer.parse(JSON.parse(stdout)).services.values.environment
  const entries = Object.entries(values).map(([name, value]) => [name, unescaped(value ?? '')] as const)
  return Object.fromEntries(entries)
}

/** Undoes the doubled `$` of `docker compose config`, whose output is a Compose file again. */
export function unescaped(text: string): string {
  return text.replaceAll('$$', '$')
}
