import { createHash } from 'node:crypto'
import type { Piece } from '../tar/entry.js'
import type { Checksums } from './manifest.js'

/** Computes the checksum of one volume's part of an archive. */
export interface Segment {
  add(piece: Piece): void
  end(): Checksums['volumes'][string]
}

export function startSegment(): Segment {
  const hash = createHash('sha256')
  let [entries, bytes] = [0, 0]
  return {
    add(piece) {
      hash.update(piece.raw)
      bytes += piece.raw.length
      if (piece.kind === 'entry') entries += 1
    },
    end: () => ({ sha256: hash.digest('hex'), entries, bytes }),
  }
}
