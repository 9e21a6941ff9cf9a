import { detailsOf } from '@piko/sdk'
import { isUnknownFlags } from '../output/render-error.js'

/** Whether the full command would report the same error. Databases that cannot be read are its own matter. */
export function isFinal(error: unknown): boolean {
  const details = detailsOf(error)
  if (details) return !details.code.startsWith('STATE_')
  return error instanceof Error && isUnknownFlags(error)
}
