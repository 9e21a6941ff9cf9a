import { createHash } from 'node:crypto'
import { sharedErrors } from '../errors/shared.js'
import { execIn } from '../engine.js'
import type { At, Program } from './server.js'

/** `redis-cli` in the server's container. Passwords are never among its arguments. */

/** Runs a command and returns its reply, as piko's own user if there is one. */
export async function cli(at: At, index: string, words: readonly string[]): Promise<string> {
  return (await execIn(at.context, at.container, client(at, '-n', index, ...words))).trim()
}

export function client(at: Pick<At, 'admin'>, ...words: readonly string[]): Program {
  if (!at.admin) return asServer(words)
  const script = 'IFS= read -r REDISCLI_AUTH; export REDISCLI_AUTH; exec redis-cli -e "$@" </dev/null'
  const named = ['--user', at.admin.user, ...words]
  return { words: ['sh', '-c', script, 'redis-cli', ...named], input: `${at.admin.password}\n` }
}

/** As the server's own user, with the password of the server's environment. */
function asServer(words: readonly string[]): Program {
  const script = 'REDISCLI_AUTH="$REDIS_PASSWORD" exec redis-cli -e "$@"'
  return { words: ['sh', '-c', script, 'redis-cli', ...words] }
}

/**
 * Makes sure that the server knows piko's user, which it forgets when it starts without its file of users. A client
 * whose login fails goes on as another user, so every change comes after this.
 */
export async function requireAdmin(at: At): Promise<void> {
  if (!at.admin || (await whoAmI(at)) === at.admin.user) return
  const rules = ['reset', 'on', hashRule(at.admin.password), '~*', '&*', '+@all']
  const words = ['ACL', 'SETUSER', at.admin.user, ...rules]
  const made = await execIn(at.context, at.container, asServer(words)).catch((cause: unknown) =>
    String(cause),
  )
  if ((await whoAmI(at)) !== at.admin.user)
    throw sharedErrors.SHARED_LOGINS_IMPOSSIBLE({ service: at.service, because: made.trim() })
}

async function whoAmI(at: At): Promise<string | undefined> {
  return cli(at, '0', ['ACL', 'WHOAMI']).catch(() => undefined)
}

/** A password as rules of Redis take it: by its digest. */
export function hashRule(password: string): string {
  return `#${createHash('sha256').update(password).digest('hex')}`
}
