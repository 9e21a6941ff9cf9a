import { join } from 'node:path'
import { openDatabase } from '#src/state/open.js'

/** The password of piko's own user of a shared server. */
export function adminPassword(root: string, service: string): string {
  const database = openDatabase(join(root, '.piko/state.db'))
  try {
    const row = database.prepare('SELECT password FROM shared_admins WHERE service = ?').get(service)
    return String((row as { readonly password: string }).password)
  } finally {
    database.close()
  }
}
