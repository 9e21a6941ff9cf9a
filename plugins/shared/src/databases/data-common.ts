import { variableWord, type Warning } from '@piko/sdk'
import { sharedWarnings } from '../errors/shared.js'
import type { Use } from './consumers.js'
import type { Kind } from './kind.js'

interface Common {
  readonly server: string
  readonly kind: Kind
  readonly uses: readonly Use[]
  /** Each environment has its own database, but these services do not use it. */
  readonly isSeparate: boolean
}

/** What one environment writes, the others read: a job posted in one may run in another. */
export function commonDataWarning({ server, kind, uses, isSeparate }: Common): Warning {
  const lines = new Map<string, string[]>()
  for (const use of uses) {
    const line = lineFor(use, { server, kind })
    lines.set(line, [...(lines.get(line) ?? []), use.service])
  }
  return sharedWarnings.SHARED_DATA_COMMON({
    server,
    services: uses.map(({ service }) => service),
    what: kind === 'redis' ? 'keys, queues and jobs' : 'rows',
    isSeparate,
    lines: [...lines].map(([line, services]) => ({ line, services })),
  })
}

/** `REDIS_URL: ${PIKO_REDIS_INTERNAL_URL:-redis://redis:6379}`. A host alone does not select a database. */
function lineFor({ variable }: Use, { server, kind }: Pick<Common, 'server' | 'kind'>): string {
  const word = `PIKO_${variableWord(server)}`
  const usual = kind === 'redis' ? 'redis' : 'postgres'
  if (variable === undefined)
    return `${usual === 'redis' ? 'REDIS' : 'DATABASE'}_URL: \${${word}_INTERNAL_URL}`
  if (variable.value.includes('://'))
    return `${variable.name}: \${${word}_INTERNAL_URL:-${withoutPassword(variable.value)}}`
  return kind === 'redis'
    ? `REDIS_DB: \${${word}_DATABASE:-0}`
    : `POSTGRES_DB: \${${word}_DATABASE:-postgres}`
}

/** The password may come from `.env` and must not be printed. */
export function withoutPassword(url: string): string {
  return url.replace(/(\/\/[^/@\s:]*:)(?!\$)[^/@\s]+@/, '$1***@')
}
