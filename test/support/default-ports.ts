import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = join(tmpdir(), 'piko-test-default-ports.lock')
const holder = join(folder, 'pid')

let isMine = false
let wasMine = false

/**
 * Waits until no other test works on the ports from 10000 on, which each project has that says nothing else: piko's own
 * registry keeps projects apart, but each test has one of its own. Answers how to let go.
 */
export function holdDefaultPorts(): () => void {
  if (isMine) return () => undefined
  if (wasMine) pause(300) // who waits goes first
  while (!take()) pause(100)
  isMine = wasMine = true
  return () => {
    if (!isMine) return
    isMine = false
    rmSync(folder, { recursive: true, force: true })
  }
}

function take(): boolean {
  try {
    mkdirSync(folder)
    writeFileSync(holder, String(process.pid))
    return true
  } catch {
    if (!isAlive()) rmSync(folder, { recursive: true, force: true })
    return false
  }
}

/** Whether its holder is; one that is about to write its number counts. */
function isAlive(): boolean {
  try {
    process.kill(Number(readFileSync(holder, 'utf8')), 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code !== 'ESRCH'
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
