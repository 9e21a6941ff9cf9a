import { variableWord, type Warning } from '@piko/sdk'
import { sharedWarnings } from '../errors/shared.js'
import type { Use } from './consumers.js'
import type { Kind } from './kind.js'

interface Common {
  readonly server: string
  readonly kind: Kind
  readonly uses: readonly Use[]
  /** Each environment has a database of its own by now, which these do not use. */
  readonly isSeparate: boolean
}

/** What one environment writes, the others read: a job that is posted in one is done in another. */
export function dataCommon({ server, kind, uses, isSeparate }: Common): Warning {
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

/** `REDIS_URL: ${PIKO_REDIS_INTERNAL_URL:-redis://redis:6379}`; a host alone cannot say which database. */
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

/** It may come from `.env`, and belongs into no output. */
function withoutPassword(url: string): string {
  return url.replace(/(\/\/[^/@\s:]*:)(?!\$)[^/@\s]+@/, '$1***@')
}
