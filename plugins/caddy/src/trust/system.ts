import type { Changes } from '@piko/sdk'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { proxyErrors } from '../errors/proxy.js'
import { rootName } from './root.js'

/** A system's folder for added certificates, and the command that applies changes. */
interface Store {
  readonly folder: string
  readonly refresh: readonly [string, ...string[]]
}

const linux: readonly Store[] = [
  { folder: '/usr/local/share/ca-certificates', refresh: ['update-ca-certificates'] },
  { folder: '/etc/pki/ca-trust/source/anchors', refresh: ['update-ca-trust', 'extract'] },
  { folder: '/etc/ca-certificates/trust-source/anchors', refresh: ['trust', 'extract-compat'] },
  { folder: '/usr/share/pki/trust/anchors', refresh: ['update-ca-certificates'] },
]

/** The store of this system: the first whose folder exists. */
export function findSystemStore(): Store | undefined {
  return linux.find(({ folder }) => existsSync(folder))
}

function systemFile({ folder }: Store): string {
  return join(folder, `${rootName()}.crt`)
}

export async function addToSystem(context: Changes, store: Store, certificate: string): Promise<void> {
  await asRoot(context, ['install', '-m', '0644', certificate, systemFile(store)])
  await asRoot(context, store.refresh)
}

/** Returns whether it existed. */
export async function removeFromSystem(context: Changes, store: Store): Promise<boolean> {
  if (!existsSync(systemFile(store))) return false
  await asRoot(context, ['rm', '-f', systemFile(store)])
  await asRoot(context, store.refresh)
  return true
}

async function asRoot({ exec }: Changes, words: readonly string[]): Promise<void> {
  const [program = '', ...args] = process.getuid?.() === 0 ? words : ['sudo', ...words]
  const isAsking = program === 'sudo' && process.stdin.isTTY
  try {
    await exec(program, args, { cwd: '/', terminal: isAsking })
  } catch (cause) {
    throw proxyErrors.CADDY_TRUST_FAILED({ command: [program, ...args].join(' '), cause })
  }
}
