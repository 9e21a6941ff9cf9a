import { sharedErrors } from '../errors/shared.js'
import { execIn, lastWords } from '../engine.js'
import { guardPostgres } from './guard-postgres.js'
import type { Login } from './login.js'
import { identifier, literal, query, userOf } from './psql.js'
import { confine, dropRole, makeRole, setSuperuser } from './roles.js'
import type { At, Server } from './server.js'

/** Databases in a Postgres, using the programs in its image. */
export const postgres: Server = {
  async make(at, { name, template, login }) {
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
    await postgres.drop(at, { name, login }) // an incomplete copy of a killed run
    if (login) await makeRole(at, login)
    await query(at, `CREATE DATABASE ${identifier(name)}${login ? ` OWNER ${identifier(login.user)}` : ''}`)
    try {
      await query(at, `COMMENT ON DATABASE ${identifier(name)} IS ${literal(making)}`)
      if (template !== undefined) await copy(at, { from: template, to: name, login })
      if (login) await confine(at, { login, name })
      await query(at, `COMMENT ON DATABASE ${identifier(name)} IS ${literal(done)}`)
    } catch (error) {
      await postgres.drop(at, { name, login })
      throw error
    }
  },

  async drop(at, { name, login }) {
    await query(at, `DROP DATABASE IF EXISTS ${identifier(name)} WITH (FORCE)`)
    if (login) await dropRole(at, login)
  },

  guard: guardPostgres,

  dumpSuffix: 'dump',
  dumpTo: (at, { name, file }) => ({
    words: ['pg_dump', '-U', userOf(at.settings), '-Fc', '-f', file, name],
  }),
}

interface Copying {
  readonly from: string
  readonly to: string
  readonly login: Login | undefined
}

/**
 * Copies with a dump, which is consistent while the template is in use; `TEMPLATE` requires that it has no connections.
 * The environment's role becomes the owner of everything, so it restores it, and may do so while it is a superuser.
 */
async function copy(at: At, { from, to, login }: Copying): Promise<void> {
  const user = userOf(at.settings)
  const [options, role] = login ? ['-O -x', `-c role=${login.user}`] : ['', '']
  const script = `set -o pipefail 2>/dev/null; pg_dump ${options} -U "$1" "$2" | PGOPTIONS="$4" psql -q -v ON_ERROR_STOP=1 -U "$1" -d "$3" >/dev/null`
  try {
    if (login) await setSuperuser(at, login)
    await execIn(at.context, at.container, { words: ['sh', '-c', script, 'sh', user, from, to, role] })
  } catch (error) {
    throw sharedErrors.SHARED_NOT_COPIED({ service: at.service, template: from, because: lastWords(error) })
  }
}

/** Returns `noted(…)` for an existing database. */
function commentOn(name: string): string {
  const comment = "coalesce(shobj_description(oid, 'pg_database'), '')"
  return `SELECT '${noted('')}' || ${comment} FROM pg_database WHERE datname = ${literal(name)}`
}

function noted(comment: string): string {
  return `noted ${comment}`
}
