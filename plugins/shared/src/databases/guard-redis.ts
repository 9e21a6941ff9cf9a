import { execIn } from '../engine.js'
import { cli, hashRule, requireAdmin } from './redis-cli.js'
import type { At, Guarding } from './server.js'
import { userFile } from './user-file.js'

/**
 * Gives each environment a user that can select its own index only. The server's own user, which needs no password in
 * most Compose files, keeps index 0, where every connection starts: Redis cannot close that to anyone.
 */
export async function guardRedis(at: At, { databases, isOpen }: Guarding): Promise<void> {
  if (!at.admin) return
  await requireAdmin(at)
  for (const { name, login } of databases) {
    if (!login) continue
    const rules = ['reset', 'on', hashRule(login.password), ...confined(name)]
    await cli(at, '0', ['ACL', 'SETUSER', login.user, ...rules])
  }
  const isSaved = (await setting(at, 'aclfile')) === userFile
  const password = isSaved ? await serverPassword(at) : []
  const rules = isOpen ? ['~*', '&*', '+@all'] : confined('0')
  await cli(at, '0', ['ACL', 'SETUSER', 'default', 'on', ...password, ...rules])
  if (isSaved) await save(at)
}

/** With a file of users, Redis ignores `requirepass`. */
async function serverPassword(at: At): Promise<readonly string[]> {
  const password = await setting(at, 'requirepass')
  return password === '' ? [] : ['resetpass', hashRule(password)]
}

async function setting(at: At, name: string): Promise<string> {
  const [, value = ''] = (await cli(at, '0', ['CONFIG', 'GET', name])).split('\n')
  return value
}

/** Everything that concerns only the selected index. Channels and scripts have none, but an application needs them. */
function confined(index: string): readonly string[] {
  const others = ['-select', `+select|${index}`, '-swapdb', '-move', '-copy']
  const common = ['-function', '-script|flush', '-script|kill']
  const harmless = ['+info', '+keys', '+sort', '+sort_ro', '+flushdb', '+restore', '+client|list']
  return ['~*', '&*', '+@all', '-@admin', '-@dangerous', ...others, ...common, ...harmless]
}

/** The server reads the file when it starts again. Its folder belongs to root, so the server cannot write it itself. */
async function save(at: At): Promise<void> {
  const input = `${await cli(at, '0', ['ACL', 'LIST'])}\n`
  const words = ['sh', '-c', 'cat >"$1"', 'sh', userFile]
  await execIn(at.context, at.container, { words, input, user: '0' })
}
