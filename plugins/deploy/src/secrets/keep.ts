import { secretErrors } from '../errors/secrets.js'
import { registries, type Registry } from '../store/registries.js'
import { type Secret, secrets } from '../store/secrets.js'
import type { Stage } from '../store/stages.js'
import type { Reading, Writing } from '../store/table.js'
import { setKeyId } from '../store/settings.js'
import { ensureKey, type Key, makeNextKey, removeKey, requireKey } from './key.js'
import { seal, unseal } from './seal.js'

export function sealToken(
  context: Writing,
  { name, token }: { readonly name: string; readonly token: string },
) {
  return seal(ensureKey(context), { what: tokenOf({ name }), value: token })
}

export function readToken(context: Reading, registry: Registry): string | undefined {
  if (registry.token === null) return undefined
  return unseal(requireKey(context), { what: tokenOf(registry), sealed: registry.token })
}

export function setSecret(
  context: Writing,
  { stage, name, value }: { readonly stage: Stage; readonly name: string; readonly value: string },
): void {
  const sealed = seal(ensureKey(context), { what: secretOf({ stage: stage.id, name }), value })
  const before = secrets.of(context, stage.id).find(secret => secret.name === name)
  if (before) secrets.update(context, before.id, { value: sealed })
  else secrets.create(context, { stage: stage.id, name, value: sealed })
}

export function removeSecret(
  context: Writing,
  { stage, name }: { readonly stage: Stage; readonly name: string },
) {
  const found = secrets.of(context, stage.id).find(secret => secret.name === name)
  if (!found) throw secretErrors.DEPLOY_SECRET_UNKNOWN({ name, stage: stage.name })
  secrets.remove(context, found.id)
}

/** The values of a stage's secrets, by name. */
export function readSecrets(context: Reading, stage: Stage): Readonly<Record<string, string>> {
  const all = secrets.of(context, stage.id)
  if (all.length === 0) return {}
  const key = requireKey(context)
  return Object.fromEntries(
    all.map(secret => [secret.name, unseal(key, { what: secretOf(secret), sealed: secret.value })]),
  )
}

/** Seals everything with a new key, in one transaction, and then forgets the old one. Returns how many there were. */
export function rotate(context: Writing): number {
  const old = ensureKey(context)
  const next = makeNextKey()
  const tokens = registries.all(context).filter(({ token }) => token !== null)
  const all = secrets.all(context)
  context.transaction(() => {
    for (const { id, token, ...registry } of tokens)
      registries.update(context, id, { token: again({ old, next }, tokenOf(registry), token ?? '') })
    for (const secret of all)
      secrets.update(context, secret.id, { value: again({ old, next }, secretOf(secret), secret.value) })
    setKeyId(context, next.id)
  })
  if (next.id !== old.id) removeKey(old)
  return tokens.length + all.length
}

function again(
  { old, next }: { readonly old: Key; readonly next: Key },
  what: string,
  sealed: string,
): string {
  return seal(next, { what, value: unseal(old, { what, sealed }) })
}

function tokenOf({ name }: Pick<Registry, 'name'>): string {
  return `token of ${name}`
}

function secretOf({ stage, name }: Pick<Secret, 'stage' | 'name'>): string {
  return `secret ${name} of ${stage}`
}
