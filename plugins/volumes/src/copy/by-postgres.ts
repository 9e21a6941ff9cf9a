import { type Container, lookDocker } from '@piko/plugin-compose/contract/engine'
import { posix } from 'node:path'
import type { VolumesContext } from '../context.js'
import { withHelper } from '../engine/helper.js'
import { metered, type Meter } from '../output/meter.js'
import { type Entry, end } from '../tar/entry.js'
import { folderEntry } from '../tar/header.js'
import { readTar } from '../tar/read.js'
import { pump } from './pump.js'
import { placeOf, type Target } from '../swap/target.js'

/** A running Postgres whose data is all in one volume. */
export interface Postgres {
  readonly container: Container
  /** The database role that may read everything. */
  readonly role: string
}

/**
 * Finds the Postgres of a volume, which can be copied while it runs. Undefined if the volume is not the data folder of
 * a single server.
 */
export async function findPostgres(
  context: VolumesContext,
  { writers, volume }: { readonly writers: readonly Container[]; readonly volume: string },
): Promise<Postgres | undefined> {
  const [container] = writers
  if (!container || writers.length > 1 || container.status !== 'running') return undefined
  const { PGDATA, POSTGRES_USER = 'postgres' } = container.variables
  const isWhole = container.mounts.some(
    mount => PGDATA !== undefined && mount.volume === volume && samePath(mount.path, PGDATA),
  )
  if (!isWhole || PGDATA === undefined) return undefined
  const script = 'test -f "$1/PG_VERSION" && command -v pg_basebackup'
  const asked = ['exec', container.id, 'sh', '-c', script, 'piko', PGDATA] as const
  const { exitCode } = await lookDocker(context, asked, { allowFailure: true })
  return exitCode === 0 ? { container, role: POSTGRES_USER } : undefined
}

function samePath(a: string, b: string): boolean {
  return posix.resolve(a) === posix.resolve(b)
}

/** Copies with the server's base backup, which is consistent while the server keeps writing. */
export function copyByPostgres(
  context: VolumesContext,
  copying: {
    readonly postgres: Postgres
    readonly image: string
    readonly target: Target
    readonly meter: Meter
  },
): Promise<void> {
  const { postgres, image, target, meter } = copying
  const { mount, root } = placeOf(target)
  const { container, role } = postgres
  const words = ['-D', '-', '-F', 'tar', '-X', 'fetch', '-c', 'fast', '-U', role, '--no-password']
  return withHelper(context, { image, mounts: [mount] }, id =>
    pump(context, {
      from: ['exec', container.id, 'pg_basebackup', ...words],
      into: ['cp', '-', `${id}:${root}`],
      through: bytes => metered(withRoot(bytes), meter),
    }),
  )
}

/**
 * The backup contains only the contents of the data folder. The folder itself needs the right owner, or the server does
 * not start.
 */
async function* withRoot(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let owner: Entry | undefined
  for await (const piece of readTar(bytes)) {
    if (piece.kind === 'entry') owner ??= piece.entry
    yield piece.raw
  }
  if (owner) yield folderEntry('./', { mode: 0o700, uid: owner.uid, gid: owner.gid })
  yield end
}
