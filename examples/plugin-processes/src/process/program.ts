// Finds running programs. The only file that queries the operating system: through /proc if it exists, otherwise `ps`.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** A pid with its start time: the pid alone may have been reused. */
export interface Program {
  readonly pid: number
  /** In the operating system's format; only for comparison. */
  readonly startedAt: string
}

interface Row extends Program {
  readonly group: number
  readonly isZombie: boolean
}

/** The program that currently has this pid, if any. */
export function findProgram(pid: number): Program | undefined {
  const row = readRow(pid)
  return row && !row.isZombie ? { pid: row.pid, startedAt: row.startedAt } : undefined
}

export function isAlive({ pid, startedAt }: Program): boolean {
  return findProgram(pid)?.startedAt === startedAt
}

/** The running programs of a process group, without zombies. */
export function findGroup(group: number): readonly Program[] {
  return readRows().filter(row => row.group === group && !row.isZombie)
}

function readRow(pid: number): Row | undefined {
  return hasProc ? readProc(pid) : readPs(['-p', String(pid)])[0]
}

function readRows(): readonly Row[] {
  if (!hasProc) return readPs(['-A'])
  return readdirSync('/proc').flatMap(name => (/^\d+$/.test(name) ? (readProc(Number(name)) ?? []) : []))
}

const hasProc = existsSync('/proc/self/stat')

/** See proc(5): the program's name is in parentheses and may contain anything. */
function readProc(pid: number): Row | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const [state = '', , group = ''] = fields
    return { pid, group: Number(group), isZombie: 'ZX'.includes(state), startedAt: fields[19] ?? '' }
  } catch {
    return undefined // it has exited
  }
}

function readPs(which: readonly string[]): readonly Row[] {
  return ps(['-o', 'pid=,pgid=,stat=,lstart=', ...which])
    .split('\n')
    .flatMap(line => {
      const [, pid, group, state = '', startedAt = ''] =
        /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*?)\s*$/.exec(line) ?? []
      return pid
        ? [{ pid: Number(pid), group: Number(group), isZombie: state.startsWith('Z'), startedAt }]
        : []
    })
}

function ps(args: readonly string[]): string {
  try {
    return execFileSync('ps', args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } })
  } catch {
    return '' // `ps` fails if there is no such process
  }
}
