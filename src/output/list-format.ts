import type { ListEntry } from '../environment/list-entry.js'
import type { Live } from '../environment/live.js'
import { outputErrors } from '../errors/output.js'
import { ageText } from './age.js'
import { stateText } from './state.js'

interface Field {
  /** The value comes from git or the engine. */
  readonly isLive?: true
  readonly value: (entry: ListEntry, live: Live | undefined) => string | number | null | undefined
}

/** The fields that a template of `piko list --format` may use. */
const fields: Readonly<Record<string, Field>> = {
  name: { value: ({ name }) => name },
  branch: { value: ({ branch }) => branch },
  status: { value: ({ status }, live) => stateText(status, live?.real) },
  path: { value: ({ path }) => path },
  url: { value: ({ url }) => url },
  ports: { value: ({ ports }) => Object.entries(ports).map(portText).join(' ') },
  age: { value: ({ createdAt }) => ageText(createdAt, Date.now()) },
  created: { value: ({ createdAt }) => createdAt },
  project: { value: ({ project }) => project?.name },
  root: { value: ({ project }) => project?.root },
  ahead: { isLive: true, value: (_, live) => live?.git?.ahead },
  behind: { isLive: true, value: (_, live) => live?.git?.behind },
  uncommitted: { isLive: true, value: (_, live) => live?.git?.uncommitted },
  restarts: { isLive: true, value: (_, live) => sum(live?.real?.restarts) },
  unhealthy: { isLive: true, value: (_, live) => live?.real?.unhealthy.join(' ') },
}

export const formatFields: readonly string[] = Object.keys(fields)

export interface Template {
  /** Whether it uses a field that comes from git or the engine. */
  readonly isLive: boolean
  line(entry: ListEntry, live: Live | undefined): string
}

/** Parses a template such as `{{name}} {{url}}`. `\t` is a tab and `\n` a newline. Throws if a field does not exist. */
export function parseTemplate(text: string): Template {
  const named = [...text.matchAll(pattern)].map(match => match[1] ?? '')
  const unknown = named.find(name => !Object.hasOwn(fields, name))
  if (unknown !== undefined) throw outputErrors.FORMAT_FIELD_UNKNOWN({ field: unknown, known: formatFields })
  const plain = text.replaceAll(String.raw`\t`, '\t').replaceAll(String.raw`\n`, '\n')
  return {
    isLive: named.some(name => fields[name]?.isLive),
    line: (entry, live) =>
      plain.replaceAll(pattern, (_, name: string) => String(fields[name]?.value(entry, live) ?? '')),
  }
}

const pattern = /\{\{\s*([^{}]*?)\s*\}\}/g

/** `web:80/tcp` on 10180 → `web:10180` */
function portText([key, port]: readonly [string, number]): string {
  return `${/^([^:]*)/.exec(key)?.[1] ?? key}:${port}`
}

function sum(counts: Readonly<Record<string, number>> | undefined): number | undefined {
  return counts && Object.values(counts).reduce((all, count) => all + count, 0)
}
