import { createHmac } from 'node:crypto'

/** `sha256=…`: the receiver computes it from the body as it came, and compares. */
export function signatureOf(key: string, body: string): string {
  return `sha256=${createHmac('sha256', key).update(body).digest('hex')}`
}
