import type { Model } from '../contract.js'

/** A network's or volume's name in the file. A name that Compose derives from the project's exists nowhere yet. */
export function sourceName({ project }: Model, key: string, name: string): string {
  return name === `${project}_${key}` ? 'its default name' : name
}
