import type { VolumesContext } from '../context.js'
import { withHelper } from '../engine/helper.js'
import { metered, type Meter } from '../output/meter.js'
import { pump } from './pump.js'
import { placeOf, type Target } from '../swap/target.js'

/** What the engine's archive API does not preserve. */
export const lostByArchive = 'extended attributes, ACLs and the holes of sparse files'

/** Copies through the engine's archive API, which needs no tool in any image. */
export function copyByArchive(
  context: VolumesContext,
  copying: {
    readonly image: string
    readonly source: string
    readonly target: Target
    readonly meter: Meter
  },
): Promise<void> {
  const { image, source, target, meter } = copying
  const { mount, parent } = placeOf(target)
  const from = `/from/${target.key}`
  const read = { image, mounts: [{ volume: source, path: from, readOnly: true }] }
  const write = { image, mounts: [mount] }
  // Two helpers: the engine reads from or writes to one container at a time.
  return withHelper(context, read, reader =>
    withHelper(context, write, writer =>
      pump(context, {
        from: ['cp', `${reader}:${from}`, '-'],
        into: ['cp', '-', `${writer}:${parent}`],
        through: bytes => metered(bytes, meter),
      }),
    ),
  )
}
