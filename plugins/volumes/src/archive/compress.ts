import type { Changes, Context } from '@piko/sdk'
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { constants, createGunzip, createGzip } from 'node:zlib'
import { makePipe, throwFirst } from '../copy/pump.js'

/** Compression of archives: with this machine's `zstd` if available, otherwise with Node's gzip. */

export type Packing = 'zstd' | 'gzip' | 'none'

type Looking = Pick<Context<unknown>, 'look'>
type Running = Pick<Changes, 'exec'>

const endings: readonly (readonly [string, Packing])[] = [
  ['.zst', 'zstd'],
  ['.gz', 'gzip'],
  ['.tgz', 'gzip'],
  ['.tar', 'none'],
]

/** The compression that the file's extension requests, otherwise the best available. */
export async function choosePacking(context: Looking, file: string | undefined): Promise<Packing> {
  const [, named] = endings.find(([ending]) => file?.endsWith(ending)) ?? []
  return named ?? ((await hasZstd(context)) ? 'zstd' : 'gzip')
}

export const endingOf: Readonly<Record<Packing, string>> = {
  zstd: '.tar.zst',
  gzip: '.tar.gz',
  none: '.tar',
}

async function hasZstd({ look }: Looking): Promise<boolean> {
  return look('zstd', ['--version']).then(
    () => true,
    () => false,
  )
}

/** Writes a new file that only its owner may read. It is synced to disk when the promise resolves. */
export async function pack(
  context: Running,
  {
    bytes,
    file,
    packing,
  }: { readonly bytes: AsyncIterable<Uint8Array>; readonly file: string; readonly packing: Packing },
): Promise<void> {
  const to = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  if (packing === 'zstd') await context.exec('zstd', ['-q', '-1', '-T0', '-c'], { from: bytes, to })
  else if (packing === 'gzip') await pipeline(bytes, createGzip({ level: constants.Z_BEST_SPEED }), to)
  else await pipeline(bytes, to)
  const handle = await open(file, 'r')
  await handle.sync().finally(() => handle.close())
}

/** Decompresses a file for `work`, whatever its extension. */
export async function unpack<Result>(
  context: Running,
  file: string,
  work: (bytes: AsyncIterable<Uint8Array>) => Promise<Result>,
): Promise<Result> {
  const packing = await readPacking(file)
  const source = createReadStream(file, { highWaterMark: 1 << 20 })
  if (packing === 'none') return work(source).finally(() => source.destroy())
  const pipe = makePipe()
  const unpacked =
    packing === 'zstd'
      ? context.exec('zstd', ['-q', '-d', '-c'], { from: source, to: pipe })
      : pipeline(source, createGunzip(), pipe)
  const [result, ended] = await Promise.allSettled([work(pipe).finally(() => pipe.destroy()), unpacked])
  if (result.status === 'fulfilled') {
    if (ended.status === 'rejected' && !isCutOff(ended.reason)) throw ended.reason
    return result.value
  }
  throwFirst([result, ended])
  throw result.reason
}

/** The reader had enough and closed the stream. */
function isCutOff(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
}

async function readPacking(file: string): Promise<Packing> {
  const handle = await open(file, 'r')
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    if (buffer.readUInt32LE(0) === 0xfd2fb528) return 'zstd'
    return buffer.readUInt16BE(0) === 0x1f8b ? 'gzip' : 'none'
  } finally {
    await handle.close()
  }
}
