/** An entry of a tar archive. */
export interface Entry {
  /** The name in the archive; folders end in `/`. */
  readonly name: string
  readonly kind: 'file' | 'folder' | 'hard link' | 'symbolic link' | 'other'
  /** The target of a link. */
  readonly target: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** What gives it power over a machine or a user, as a clause: "a block device", "setuid". */
  readonly special: string | undefined
  /** Number of content bytes that follow in the archive. */
  readonly size: number
}

/** A piece of an archive, in order. The `raw` of all pieces together is the archive without its end marker. */
export type Piece =
  | { readonly kind: 'entry'; readonly entry: Entry; readonly raw: Buffer }
  | {
      readonly kind: 'body'
      readonly raw: Buffer
      /** `raw` without the padding. */
      readonly content: Buffer
    }

export const blockSize = 512

/** The end marker of an archive. */
export const end = Buffer.alloc(2 * blockSize)

export function paddedSize(size: number): number {
  return Math.ceil(size / blockSize) * blockSize
}
