import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { Digests } from '../contract.js'

const answer = z.object({ services: z.record(z.string(), z.unknown()).default({}) })

/**
 * Digests of the output of `docker compose config`, which includes the values of `env_file`. `config --hash` leaves
 * them out, so it differs from the hash that `up` writes on a container.
 */
export function digestsOf(config: string): Digests {
  return digestEach(answer.parse(JSON.parse(config)).services)
}

export function digestEach(services: Readonly<Record<string, unknown>>): Digests {
  return Object.fromEntries(Object.entries(services).map(([name, service]) => [name, digest(service)]))
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16)
}
