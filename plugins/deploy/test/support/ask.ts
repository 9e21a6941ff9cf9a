import { ask } from '../../../caddy/test/support/client.js'
import type { Place } from './load.js'

/** The text of an answer with status 200. */
export async function askWhoAt(place: Place, path = '/'): Promise<string> {
  const { status, text } = await ask({ ...place, path })
  if (status !== 200) throw new Error(`${place.host}${path} answers ${status}: ${text}`)
  return text
}
