import { sharedErrors } from '../errors/shared.js'
import type { Server } from './server.js'
import { execIn, lastWords } from '../engine.js'

/** Databases in a Postgres, using the programs in its image. */
export const postgres: Server = {
  async make(at, { name, template }) {
    const [done, making] = [`piko: ${at.mark}`, `piko: unfinished, ${at.mark}`]
    const found = await query(at, commentOn(name))
    if (found === noted(done)) return
    if (found !== undefined && found !== noted(making))
      throw sharedErrors.SHARED_DATABASE_FOREIGN({ service: at.service, name })
    if (template !== undefined && (await query(at, commentOn(template))) === undefined)
      throw sharedErrors.SHARED_NOT_COPIED({
        service: at.service,
        template,
        because: ['there is no such database'],
      })
    await postgres.drop(at, name) // an incomplete copy of a killed run
    await query(at, `CREATE DATABASE ${identifier(name)}`)
    try {
      await query(at, `COMMENT ON DATABASE ${identifier(name)} IS ${literal(making)}`)
      if (template !== undefined) await copy(at, { from: template, to: name })
      await query(at, `COMMENT ON DATABASE ${identifier(name)} IS ${literal(done)}`)
    } catch (error) {
      await postgres.drop(at, name)
      throw error
    }
  },

  async drop(at, name) {
    await query(at, `DROP DATABASE IF EXISTS ${identifier(name)} WITH (FORCE)`)
  },

  dumpSuffix: 'dump',
  dumpTo: (at, { name, file }) => ['pg_dump', '-U', userOf(at.settings), '-Fc', '-f', file, name],
}

type At = Parameters<Server['drop']>[0]

/**
 * Copies with a dump, which is consistent while the template is in use; `TEMPLATE` requires that it has no connections.
 */
async function copy(at: At, { from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  const user = userOf(at.settings)
  const script =
    'set -o pipefail 2>/dev/null; pg_dump -U "$1" "$2" | psql -q -v ON_ERROR_STOP=1 -U "$1" -d "$3" >/dev/null'
  try {
    await execIn(at.context, at.container, { words: ['sh', '-c', script, 'sh', user, from, to] })
  } catch (error) {
    throw sharedErrors.SHARED_NOT_COPIED({ service: at.service, template: from, because: lastWords(error) })
  }
}

/** The first cell of the result, if any. */
async function query(at: At, sql: string): Promise<string | undefined> {
  const user = userOf(at.settings)
  const words = ['psql', '-X', '-At', '-v', 'ON_ERROR_STOP=1', '-U', user, '-d', 'postgres', '-c', sql]
  const stdout = await execIn(at.context, at.container, { words })
  return stdout === '' ? undefined : stdout.split('\n')[0]
}

/** Returns `noted(…)` for an existing database. */
function commentOn(name: string): string {
  const comment = "coalesce(shobj_description(oid, 'pg_database'), '')"
  return `SELECT '${noted('')}' || ${comment} FROM pg_database WHERE datname = ${literal(name)}`
}

function noted(comment: string): string {
  return `noted ${comment}`
}

function userOf(settings: Readonly<Record<string, string>>): string {
  return settings['POSTGRES_USER'] ?? 'postgres'
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
