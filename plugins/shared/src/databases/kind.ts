export type Kind = 'postgres' | 'redis'

/** What a server speaks, by the name of its image: `postgis/postgis:16` is a Postgres. */
export function kindOfImage(image: string | undefined): Kind | undefined {
  const name = (image ?? '').replace(/@.*$/, '').replace(/:[^:/]*$/, '')
  if (/postgres|postgis|timescale|pgvector/.test(name)) return 'postgres'
  if (/redis|valkey|keydb|dragonfly/.test(name)) return 'redis'
  return undefined
}
