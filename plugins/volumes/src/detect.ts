import type { Detection } from '@piko/sdk'

/** It goes along with compose; without anything in its section it copies and shares nothing. */
export async function detect(): Promise<Detection> {
  return { wanted: true, because: 'it goes along with compose' }
}
