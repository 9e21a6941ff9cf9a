import { execIn } from '../engine.js'
import { literal, query, runSql } from './psql.js'
import type { At, Guarding } from './server.js'

/**
 * Closes all other databases to the roles of environments, and the server's own users to environments, whose Compose
 * files contain their passwords. Inside the container, piko and people still log in without one.
 */
export async function guardPostgres(at: At, { databases, isOpen }: Guarding): Promise<void> {
  const closing = databases.some(({ login }) => login) ? [keepUsers, revokePublic] : []
  await runSql(at, [...closing, isOpen ? reopen : expire].join('\n'))
  await setTrust(at, isOpen)
}

const isOurs = `coalesce(shobj_description(r.oid, 'pg_authid'), '') LIKE 'piko: environment %'`
/** Those of environments are left to `confine`: two transactions may not change one row. */
const isPublic = `(d.datacl IS NULL OR EXISTS (SELECT FROM aclexplode(d.datacl) WHERE grantee = 0))
  AND NOT EXISTS (SELECT FROM pg_roles r WHERE r.oid = d.datdba AND ${isOurs})`

/** Roles that the project itself made keep the access that they had as members of PUBLIC. */
const keepUsers = `
SELECT format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO %I', d.datname, r.rolname)
FROM pg_database d, pg_roles r
WHERE ${isPublic} AND r.rolcanlogin AND NOT r.rolsuper AND NOT ${isOurs}
\\gexec`

const revokePublic = `
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', d.datname) FROM pg_database d WHERE ${isPublic}
\\gexec`

/** An expired password refuses every login that needs one, and can be extended again. */
const expired = '1970-01-01 00:00:00+00'
const isPowerful = `r.rolcanlogin AND NOT ${isOurs} AND (r.rolsuper OR r.rolcreaterole OR r.rolreplication)`

const expire = `
SELECT format('ALTER ROLE %I VALID UNTIL %L', r.rolname, ${literal(expired)}) FROM pg_roles r
WHERE ${isPowerful} AND r.rolvaliduntil IS DISTINCT FROM ${literal(expired)}
\\gexec`

const reopen = `
SELECT format('ALTER ROLE %I VALID UNTIL %L', r.rolname, 'infinity') FROM pg_roles r
WHERE r.rolvaliduntil = ${literal(expired)}
\\gexec`

/** With POSTGRES_HOST_AUTH_METHOD=trust, the server asks nobody for a password: it has to, but for its own container. */
async function setTrust(at: At, isOpen: boolean): Promise<void> {
  const trusting = `SELECT count(*) FROM pg_hba_file_rules WHERE type LIKE 'host%' AND auth_method = 'trust'
    AND address NOT IN ('127.0.0.1', '::1', 'localhost')`
  if (!isOpen && (await query(at, trusting)) === '0') return
  const file = await query(at, 'SHOW hba_file')
  const isLoopback = String.raw`127\.0\.0\.1|::1|localhost`
  const asks = 'scram-sha-256 # piko: trust'
  const script = isOpen
    ? `s/${asks}$/trust/`
    : `/^[[:space:]]*host/{/${isLoopback}/!s/[[:space:]]trust[[:space:]]*$/ ${asks}/;}`
  // Not `sed -i`, whose new file would belong to root.
  const edit = 'text=$(sed -E "$1" "$2") && printf "%s\\n" "$text" >"$2"'
  await execIn(at.context, at.container, { words: ['sh', '-c', edit, 'sh', script, file ?? ''] })
  await query(at, 'SELECT pg_reload_conf()')
}
