/** Bytes of a stream, taken in the sizes that one needs. */
export interface Reader {
  /** Throws where the stream ends before. */
  exactly(size: number): Promise<Buffer>
  /** At least one byte and at most that many. Throws at the end. */
  some(most: number): Promise<Buffer>
  /** Reads to the end and forgets it. */
  drain(): Promise<void>
  /** Wants no more of it. */
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
