import type { Detection } from '@piko/sdk'

/** Active whenever compose is. Without configuration it copies and shares nothing. */
export async function detect(): Promise<Detection> {
  return { wanted: true, because: 'it is active whenever compose is' }
}
