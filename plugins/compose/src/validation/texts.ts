import type { RawProject } from '../model/raw.js'

/** Each service's definition, without its networks and ports, as text to search in. */
export function textsOf({ services }: RawProject): Readonly<Record<string, string>> {
  const entries = Object.entries(services).map(([name, { networks: _, ports: __, ...rest }]) => [
    name,
    JSON.stringify(rest),
  ])
  return Object.fromEntries(entries) as Record<string, string>
}
