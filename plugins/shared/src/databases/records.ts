import { modelFact } from '@piko/plugin-compose/contract'
import type { Cell, Changes, Context, StepContext } from '@piko/sdk'
import type { SharedConfig, SharedService } from '../config.js'
import { sharedApart } from '../contract.js'
import { sharedErrors } from '../errors/shared.js'
import { kindOfImage, type Kind } from './kind.js'
import { type Login, newLogin } from './login.js'

/** An environment's own database in a shared server. */
export interface Database {
  readonly environment: string
  readonly service: string
  readonly kind: Kind
  /** The database; for Redis, the index as a string. */
  readonly name: string
  /** Undefined if the environment logs in as the server's superuser: as configured, or made by an earlier version. */
  readonly login: Login | undefined
  /** Whether piko has created it. */
  readonly isMade: boolean
}

type Reading = Pick<Context<unknown>, 'read'>
type Writing = Pick<Changes, 'transaction'>

export function readDatabases(context: Reading, environment?: string): readonly Database[] {
  return context
    .read(tables => tables.all('SELECT * FROM shared_databases ORDER BY environment, service'))
    .map(row => ({
      environment: String(row['environment']),
      service: String(row['service']),
      kind: row['kind'] === 'redis' ? ('redis' as const) : ('postgres' as const),
      name: String(row['name']),
      login: loginIn(row),
      isMade: row['is_made'] === 1,
    }))
    .filter(database => environment === undefined || database.environment === environment)
}

function loginIn(row: Readonly<Record<string, Cell>>): Login | undefined {
  const [user, password] = [row['login_user'], row['login_password']]
  return typeof user === 'string' && typeof password === 'string' ? { user, password } : undefined
}

/**
 * Gives the environment a database name in each server configured for one database per environment. The name never
 * changes.
 */
export function chooseDatabases(context: StepContext<SharedConfig>, services: readonly string[]): void {
  const { name: environment } = context.environment
  const there = readDatabases(context, environment)
  for (const [service, spec] of wantedDatabases(context.config, services)) {
    if (there.some(database => database.service === service)) continue
    const image = context.fact(modelFact, sharedApart)?.services[service]?.image
    const kind = spec.kind ?? kindOfImage(image)
    if (kind === undefined) throw sharedErrors.SHARED_KIND_UNKNOWN({ service, image })
    const name = kind === 'postgres' ? databaseName(environment) : freeIndex(context, { service, spec })
    const login = spec.login === 'own' ? newLogin(kind, environment) : undefined
    context.transaction(tables =>
      tables.run(
        `INSERT INTO shared_databases (environment, service, kind, name, login_user, login_password)
         VALUES (?, ?, ?, ?, ?, ?)`,
        environment,
        service,
        kind,
        name,
        login?.user ?? null,
        login?.password ?? null,
      ),
    )
  }
}

function wantedDatabases(config: SharedConfig, services: readonly string[]) {
  return Object.entries(config.services).filter(
    ([service, spec]) => spec.per_environment === 'database' && services.includes(service),
  )
}

export function markMade(context: Writing, { environment, service }: Database, isMade: boolean): void {
  const sql = 'UPDATE shared_databases SET is_made = ? WHERE environment = ? AND service = ?'
  context.transaction(tables => tables.run(sql, isMade ? 1 : 0, environment, service))
}

/** Forgets names that were never used. A database whose data was kept keeps its name. */
export function forgetUnmade(context: Writing, environment: string): void {
  const sql = 'DELETE FROM shared_databases WHERE environment = ? AND is_made = 0'
  context.transaction(tables => tables.run(sql, environment))
}

/** `feature-auth` gives `feature_auth`. Slugs have no underscores, so names are unique. */
function databaseName(environment: string): string {
  return environment.replaceAll('-', '_')
}

/** The lowest index that no environment has. 0 is left to the project itself. */
function freeIndex(
  context: Reading,
  { service, spec }: { readonly service: string; readonly spec: SharedService },
): string {
  const holders = new Map(
    readDatabases(context)
      .filter(database => database.service === service)
      .map(({ name, environment }) => [name, environment]),
  )
  for (let index = 1; index < spec.databases; index++) if (!holders.has(String(index))) return String(index)
  throw sharedErrors.SHARED_INDEXES_TAKEN({ service, count: spec.databases, holders: [...holders.values()] })
}
