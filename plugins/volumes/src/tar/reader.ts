/** Reads a stream in pieces of requested sizes. */
export interface Reader {
  /** Throws if the stream ends earlier. */
  exactly(size: number): Promise<Buffer>
  /** Reads at least one byte and at most `most`. Throws at the end of the stream. */
  some(most: number): Promise<Buffer>
  /** Reads to the end and discards the data. */
  drain(): Promise<void>
  /** Stops reading. */
  close(): Promise<void>
}

export function makeReader(source: AsyncIterable<Uint8Array>): Reader {
  const chunks = source[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)
  const more = async () => {
    const next = await chunks.next()
    if (next.done) return false
    const chunk = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength)
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    return true
  }
  const take = (size: number) => {
    const taken = rest.subarray(0, size)
    rest = rest.subarray(size)
    return taken
  }
  return {
    async exactly(size) {
      while (rest.length < size) if (!(await more())) throw new Error('the archive is cut off')
      return take(size)
    },
    async some(most) {
      while (rest.length === 0) if (!(await more())) throw new Error('the archive is cut off')
      return take(Math.min(most, rest.length))
    },
    async drain() {
      while (await more()) rest = Buffer.alloc(0)
    },
    async close() {
      await chunks.return?.()
    },
  }
}
