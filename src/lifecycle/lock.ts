import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { type Database, lockDatabase } from '../state/open.js'

export interface LockRequest {
  /** The lock's file: `<root>/.piko/locks/<name>.db`. */
  readonly file: string
  /** The command that holds it, for those who wait: `piko create feature-auth`. */
  readonly holder: string
  readonly signal: AbortSignal
  /** Called once, when somebody else has it. */
  onWait(holder: string): void
}

/** Runs `work` as the only writer of a subject. The lock is SQLite's own, so that it dies with its process. */
export async function withLock<Result>(request: LockRequest, work: () => Promise<Result>): Promise<Result> {
  const lock = await acquire(request)
  const note = `${request.file}.holder`
  writeFileSync(note, `${request.holder} (pid ${process.pid})`)
  try {
    return await work()
  } finally {
    rmSync(note, { force: true })
    lock.exec('ROLLBACK')
    lock.close()
  }
}

/** Whether some process holds this lock now. */
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
    return undefined // it has not written its name yet
  }
}
