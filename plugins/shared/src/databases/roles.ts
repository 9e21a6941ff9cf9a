import { sharedErrors } from '../errors/shared.js'
import type { Login } from './login.js'
import { identifier, literal, query, runSql } from './psql.js'
import type { At } from './server.js'

/** The role of an environment in a shared Postgres. It owns its database and may connect to no other. */

/** Cannot log in and, until `confine`, may do everything: what it copies from the template belongs to it. */
export async function makeRole(at: At, { user }: Login): Promise<void> {
  const comment = "coalesce(shobj_description(oid, 'pg_authid'), '')"
  const found = await query(
    at,
    `SELECT 'noted ' || ${comment} FROM pg_roles WHERE rolname = ${literal(user)}`,
  )
  if (found !== undefined && found !== `noted ${noteOf(at)}`)
    throw sharedErrors.SHARED_DATABASE_FOREIGN({ service: at.service, name: `role ${user}` })
  const role = identifier(user)
  if (found === undefined)
    await runSql(
      at,
      `BEGIN; CREATE ROLE ${role} NOLOGIN; COMMENT ON ROLE ${role} IS ${literal(noteOf(at))}; COMMIT;`,
    )
}

export async function setSuperuser(at: At, { user }: Login): Promise<void> {
  await runSql(at, `ALTER ROLE ${identifier(user)} NOLOGIN SUPERUSER;`)
}

/** Ends all rights but those of an owner of the database. */
export async function confine(at: At, { login, name }: { readonly login: Login; readonly name: string }) {
  const role = identifier(login.user)
  const none = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS'
  await runSql(
    at,
    `SET password_encryption = 'scram-sha-256';
     REVOKE ALL ON DATABASE ${identifier(name)} FROM PUBLIC;
     ALTER ROLE ${role} ${none} LOGIN PASSWORD ${literal(login.password)};`,
  )
}

/** Removes the role if piko created it for this environment. */
export async function dropRole(at: At, { user }: Login): Promise<void> {
  const condition = `rolname = ${literal(user)} AND shobj_description(oid, 'pg_authid') = ${literal(noteOf(at))}`
  await runSql(at, `SELECT format('DROP ROLE %I', rolname) FROM pg_roles WHERE ${condition} \\gexec`)
}

function noteOf({ mark }: At): string {
  return `piko: ${mark}`
}
