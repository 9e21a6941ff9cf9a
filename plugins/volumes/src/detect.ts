import type { Detection } from '@piko/sdk'

/** It is active whenever compose is; without anything in its section it copies and shares nothing. */
export async function detect(): Promise<Detection> {
  return { wanted: true, because: 'it is active whenever compose is' }
}
