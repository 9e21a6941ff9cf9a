import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { secretErrors } from '../errors/secrets.js'
import { readKeyId, setKeyId } from '../store/settings.js'
import type { Reading, Writing } from '../store/table.js'

/** A key for AES-256-GCM, in a file that only the user can read, outside the project, or in `PIKO_SECRETS_KEY`. */
export interface Key {
  readonly bytes: Buffer
  /** Tells keys apart without revealing anything about them. */
  readonly id: string
}

/** The key that the project's secrets are sealed with. Throws if it is missing or another one. */
export function requireKey(context: Reading): Key {
  const id = readKeyId(context)
  const given = readVariable('PIKO_SECRETS_KEY')
  if (given && (id === undefined || given.id === id)) return given
  if (given) throw secretErrors.DEPLOY_SECRETS_KEY_WRONG()
  const key = id === undefined ? undefined : readFile(id)
  if (key) return key
  throw secretErrors.DEPLOY_SECRETS_KEY_MISSING({ file: fileOf(id ?? 'none') })
}

/** The same, but makes the first one. */
export function ensureKey(context: Writing): Key {
  if (readKeyId(context) !== undefined) return requireKey(context)
  const key = readVariable('PIKO_SECRETS_KEY') ?? makeKey()
  setKeyId(context, key.id)
  return key
}

/** The key to rotate to. */
export function makeNextKey(): Key {
  if (!process.env['PIKO_SECRETS_KEY']) return makeKey()
  const next = readVariable('PIKO_SECRETS_NEXT_KEY')
  if (!next) throw secretErrors.DEPLOY_SECRETS_NEXT_KEY_MISSING()
  return next
}

export function removeKey({ id }: Key): void {
  rmSync(fileOf(id), { force: true })
}

function makeKey(): Key {
  const key = keyOf(randomBytes(32))
  const file = fileOf(key.id)
  mkdirSync(folder(), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${key.bytes.toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  return key
}

function readVariable(name: 'PIKO_SECRETS_KEY' | 'PIKO_SECRETS_NEXT_KEY'): Key | undefined {
  const text = process.env[name]
  if (!text) return undefined
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== 32) throw secretErrors.DEPLOY_SECRETS_KEY_INVALID({ variable: name })
  return keyOf(bytes)
}

function readFile(id: string): Key | undefined {
  try {
    return keyOf(Buffer.from(readFileSync(fileOf(id), 'utf8'), 'base64'))
  } catch {
    return undefined // it is missing: the caller says so
  }
}

function keyOf(bytes: Buffer): Key {
  return { bytes, id: createHash('sha256').update(bytes).digest('hex').slice(0, 16) }
}

function fileOf(id: string): string {
  return join(folder(), `${id}.key`)
}

function folder(): string {
  const base = process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state')
  return join(base, 'piko', 'keys')
}
