import { settingsFact } from '@piko/plugin-compose/contract'
import type { Changing } from '@piko/plugin-compose/contract/engine'
import type { Changes, Context } from '@piko/sdk'
import { sharedApart } from '../contract.js'
import { type Login, newPassword } from './login.js'
import { readDatabases } from './records.js'
import type { At } from './server.js'

type Known = Pick<Context<unknown>, 'fact' | 'read'> & Pick<Changes, 'transaction'>

/** What is needed to manage the databases of a running server. */
export function atServer(
  context: Known,
  { there, ...given }: Pick<At, 'service' | 'container' | 'mark'> & { readonly there: Changing },
): At {
  const settings = context.fact(settingsFact, sharedApart)?.[given.service] ?? {}
  return { ...given, context: there, settings, admin: requireAdminLogin(context, given.service) }
}

/** piko's own login, created once there are logins of environments, whose rights the server's own user cannot keep. */
function requireAdminLogin(context: Known, service: string): Login | undefined {
  const known = readAdminPassword(context, service)
  if (known !== undefined) return { user, password: known }
  const isNeeded = readDatabases(context).some(database => database.service === service && database.login)
  if (!isNeeded) return undefined
  const sql = 'INSERT OR IGNORE INTO shared_admins (service, password) VALUES (?, ?)'
  context.transaction(tables => tables.run(sql, service, newPassword()))
  return { user, password: readAdminPassword(context, service) ?? '' }
}

const user = 'piko'

function readAdminPassword({ read }: Known, service: string): string | undefined {
  const sql = 'SELECT password FROM shared_admins WHERE service = ?'
  const [row] = read(tables => tables.all(sql, service))
  return row === undefined ? undefined : String(row['password'])
}
