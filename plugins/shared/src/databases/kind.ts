export type Kind = 'postgres' | 'redis'

/** The kind of a server, judged by its image name: `postgis/postgis:16` is a Postgres. */
export function kindOfImage(image: string | undefined): Kind | undefined {
  const name = (image ?? '').replace(/@.*$/, '').replace(/:[^:/]*$/, '')
  if (/postgres|postgis|timescale|pgvector/.test(name)) return 'postgres'
  if (/redis|valkey|keydb|dragonfly/.test(name)) return 'redis'
  return undefined
}
