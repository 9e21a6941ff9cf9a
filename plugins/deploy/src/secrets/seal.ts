import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { secretErrors } from '../errors/secrets.js'
import type { Key } from './key.js'

/** `what` is bound to the sealed value: one secret cannot be put in the place of another. */
export function seal({ bytes, id }: Key, { what, value }: { readonly what: string; readonly value: string }) {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', bytes, iv).setAAD(Buffer.from(what))
  const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return ['1', id, ...[iv, cipher.getAuthTag(), sealed].map(part => part.toString('base64url'))].join('.')
}

export function unseal(
  key: Key,
  { what, sealed }: { readonly what: string; readonly sealed: string },
): string {
  const [, id, ...parts] = sealed.split('.')
  if (id !== key.id) throw secretErrors.DEPLOY_SECRETS_KEY_WRONG()
  const [iv, tag, data] = parts.map(part => Buffer.from(part, 'base64url'))
  try {
    if (!iv || !tag || !data) throw new Error('a part is missing')
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, iv).setAAD(Buffer.from(what)).setAuthTag(tag)
    return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8')
  } catch {
    throw secretErrors.DEPLOY_SECRETS_DAMAGED({ what })
  }
}
