import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = join(tmpdir(), 'piko-test-default-ports.lock')
const holder = join(folder, 'pid')

let isMine = false
let wasMine = false

/**
 * Waits until no other test uses the default ports from 10000 on. piko's registry keeps projects apart, but each test
 * has its own. Returns a function that releases them.
 */
export function holdDefaultPorts(): () => void {
  if (isMine) return () => undefined
  if (wasMine) pause(300) // let waiting processes go first
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

/** Whether its holder is alive. A holder that has not written its pid yet counts. */
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
