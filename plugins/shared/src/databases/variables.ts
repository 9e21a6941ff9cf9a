import { modelFact, settingsFact } from '@piko/plugin-compose/contract'
import { type EnvironmentContext, variableWord } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { sharedApart, sharedFact } from '../contract.js'
import type { Login } from './login.js'
import { type Database, readDatabases } from './records.js'

type Context = EnvironmentContext<SharedConfig>

/**
 * `PIKO_DB_DATABASE`, `PIKO_DB_USER`, `PIKO_DB_PASSWORD`, and `PIKO_DB_URL` for the host and `PIKO_DB_INTERNAL_URL` for
 * containers. They are known before the server runs, so that Compose files can use them.
 */
export function databaseVariables(context: Context): Readonly<Record<string, string>> {
  const shared = context.fact(sharedFact) ?? []
  const own = readDatabases(context, context.environment.name)
  const entries = own
    .filter(({ service }) => shared.includes(service))
    .flatMap(database => {
      const prefix = prefixOf(database.service)
      const { outside, inside, login } = urlsOf(context, database)
      return [
        [`${prefix}_DATABASE`, database.name],
        ...(login.user === undefined ? [] : [[`${prefix}_USER`, login.user]]),
        ...(login.password === undefined ? [] : [[`${prefix}_PASSWORD`, login.password]]),
        [`${prefix}_INTERNAL_URL`, inside],
        ...(outside === undefined ? [] : [[`${prefix}_URL`, outside]]),
      ]
    })
  return Object.fromEntries(entries) as Record<string, string> // pairs, by construction
}

/** `PIKO_MY_CACHE` */
export function prefixOf(service: string): string {
  return `PIKO_${variableWord(service)}`
}

function urlsOf(context: Context, database: Database) {
  const { service, kind, name } = database
  const settings = context.fact(settingsFact, sharedApart)?.[service] ?? {}
  const ports = context.fact(modelFact, sharedApart)?.services[service]?.ports ?? []
  const inner = kind === 'postgres' ? 5432 : 6379
  const port = ports.find(({ target }) => target === inner)?.assigned
  const login = database.login ?? serverLogin(kind, settings)
  const to = (host: string, at: number) => `${kind}://${wordsOf(login)}${host}:${at}/${name}`
  return {
    login,
    outside: port === undefined ? undefined : to('127.0.0.1', port),
    inside: to(service, inner),
  }
}

/**
 * User and password as the official images take them. Values from files or secrets are unknown. The password of Redis
 * belongs to its user `default`, which redis-cli requires by name.
 */
function serverLogin(kind: Database['kind'], settings: Readonly<Record<string, string>>): Partial<Login> {
  const password = settings[kind === 'redis' ? 'REDIS_PASSWORD' : 'POSTGRES_PASSWORD']
  const known = password === undefined ? {} : { password }
  if (kind === 'redis') return password === undefined ? {} : { user: 'default', ...known }
  return { user: settings['POSTGRES_USER'] ?? 'postgres', ...known }
}

function wordsOf({ user, password }: Partial<Login>): string {
  if (user === undefined) return ''
  return `${encodeURIComponent(user)}${password === undefined ? '' : `:${encodeURIComponent(password)}`}@`
}
