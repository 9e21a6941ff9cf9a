import { readFileSync } from 'node:fs'

/** This process: its pid and, where the system tells, when it started, since pids are used again. */
export function thisProcess(): string {
  return `${process.pid}:${startOf(process.pid) ?? ''}`
}

/** Whether the process that began a deploy still runs. */
export function isAlive(text: string): boolean {
  const [pid = '', start = ''] = text.split(':')
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  return start === '' || startOf(Number(pid)) === start
}

/** Linux only: the 22nd field, counted after the name, which may have spaces. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
