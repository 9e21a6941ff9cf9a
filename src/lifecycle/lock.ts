import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { type Database, lockDatabase } from '../state/open.js'
import { privateModes } from '../system/write-file.js'

export interface LockRequest {
  /** The lock's file: `<root>/.piko/locks/<name>.db`. */
  readonly file: string
  /** The command that holds the lock, shown to waiting commands: `piko create feature-auth`. */
  readonly holder: string
  readonly signal: AbortSignal
  /** Called once if another process holds the lock. */
  onWait(holder: string): void
}

/** Runs `work` as the only writer of a subject. It is an SQLite lock, so it is released when the process dies. */
export async function withLock<Result>(request: LockRequest, work: () => Promise<Result>): Promise<Result> {
  const lock = await acquire(request)
  const note = `${request.file}.holder`
  writeFileSync(note, `${request.holder} (pid ${process.pid})`, { mode: privateModes.file })
  try {
    return await work()
  } finally {
    rmSync(note, { force: true })
    lock.exec('ROLLBACK')
    lock.close()
  }
}

/** Whether a process holds this lock. */
export function isLocked(file: string): boolean {
  const lock = lockDatabase(file)
  lock?.close()
  return lock === undefined
}

async function acquire({ file, signal, onWait }: LockRequest): Promise<Database> {
  let isSaid = false
  for (let tries = 0; ; tries++) {
    const lock = lockDatabase(file)
    if (lock) return lock
    const holder = readHolder(file) ?? (tries < 5 ? undefined : 'another piko command')
    if (!isSaid && holder !== undefined) onWait(holder)
    isSaid ||= holder !== undefined
    await delay(100, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
}

function readHolder(file: string): string | undefined {
  try {
    return readFileSync(`${file}.holder`, 'utf8')
  } catch {
    return undefined // the holder has not written its name yet
  }
}
