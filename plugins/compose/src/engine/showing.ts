import type { ExecOptions } from '@piko/sdk'
import { Writable } from 'node:stream'

/** Shows a program's output as it arrives, in whole lines: several programs may share a terminal. */
export function showing({
  stdout,
  stderr,
}: Pick<NodeJS.Process, 'stdout' | 'stderr'>): Pick<ExecOptions, 'to' | 'onLine'> {
  return { to: wholeLines(stdout), onLine: line => void stderr.write(`${line}\n`) }
}

function wholeLines(stream: NodeJS.WritableStream): Writable {
  let rest = Buffer.alloc(0)
  return new Writable({
    write(chunk: Buffer, _, done) {
      const all = Buffer.concat([rest, chunk])
      const end = all.lastIndexOf('\n') + 1
      rest = all.subarray(end)
      stream.write(all.subarray(0, end), () => done())
    },
    final(done) {
      if (rest.length > 0) stream.write(rest)
      done()
    },
  })
}
