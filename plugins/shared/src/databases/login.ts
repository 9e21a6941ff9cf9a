import { randomBytes } from 'node:crypto'
import type { Kind } from './kind.js'

/** A user of a shared server. */
export interface Login {
  readonly user: string
  readonly password: string
}

/** The login of an environment. */
export function newLogin(kind: Kind, environment: string): Login {
  const user = kind === 'postgres' ? `piko_${environment.replaceAll('-', '_')}` : `piko-${environment}`
  return { user, password: newPassword() }
}

/** A password that needs no quotes, neither in a URL nor in SQL. */
export function newPassword(): string {
  return randomBytes(24).toString('base64url')
}
