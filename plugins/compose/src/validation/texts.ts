import type { RawProject } from '../model/raw.js'

/** All that a project says of each service, but for its networks, as text to search in. */
export function textsOf({ services }: RawProject): Readonly<Record<string, string>> {
  const entries = Object.entries(services).map(([name, { networks: _, ports: __, ...rest }]) => [
    name,
    JSON.stringify(rest),
  ])
  return Object.fromEntries(entries) as Record<string, string>
}
