import { bytesText } from '@piko/sdk'
import type { VolumesContext } from '../context.js'

/** Shows the progress of a transfer: "volume data: 1.2 GB, 310 MB/s". */
export interface Meter {
  /** Sets the total number of bytes so far. */
  add(bytes: number): void
  set(bytes: number): void
  readonly bytes: number
  readonly seconds: number
}

const milliseconds = 1000

export function startMeter(context: Pick<VolumesContext, 'progress'>, title: string): Meter {
  const begun = performance.now()
  let bytes = 0
  let shown = begun
  const seconds = () => (performance.now() - begun) / 1000
  const show = () => {
    if (performance.now() - shown < milliseconds) return
    shown = performance.now()
    context.progress(`${title}: ${bytesText(bytes)}, ${bytesText(bytes / seconds())}/s`)
  }
  return {
    add(more) {
      bytes += more
      show()
    },
    set(now) {
      bytes = now
      show()
    },
    get bytes() {
      return bytes
    },
    get seconds() {
      return seconds()
    },
  }
}

/** Counts the bytes of a stream. */
export async function* metered(
  source: AsyncIterable<Uint8Array>,
  meter: Meter,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of source) {
    meter.add(chunk.length)
    yield chunk
  }
}
