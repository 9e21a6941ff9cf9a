import type { Model } from '../contract.js'

/** How the Compose file names a network or volume: what Compose derives from the project's name exists nowhere yet. */
export function sourceName({ project }: Model, key: string, name: string): string {
  return name === `${project}_${key}` ? 'its default name' : name
}
