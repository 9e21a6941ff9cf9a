/** What a tar archive says of one thing in it. */
export interface Entry {
  /** As it stands there; a folder's ends in `/`. */
  readonly name: string
  readonly kind: 'file' | 'folder' | 'hard link' | 'symbolic link' | 'other'
  /** Where a link points to. */
  readonly target: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes that follow in the archive. */
  readonly size: number
}

/** A stretch of an archive, in its order: `raw` of all pieces together is the archive without its end. */
export type Piece =
  | { readonly kind: 'entry'; readonly entry: Entry; readonly raw: Buffer }
  | {
      readonly kind: 'body'
      readonly raw: Buffer
      /** `raw` without the padding. */
      readonly content: Buffer
    }

export const blockSize = 512

/** What ends an archive. */
export const end = Buffer.alloc(2 * blockSize)

export function paddedSize(size: number): number {
  return Math.ceil(size / blockSize) * blockSize
}
