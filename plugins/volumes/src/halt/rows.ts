import type { Engine } from '@piko/plugin-compose/contract'
import type { VolumesContext } from '../context.js'

/** Recorded before a container is halted, so that the next command can resume it if piko and its guard are killed. */
export interface Halted {
  readonly container: string
  readonly name: string
  /** The docker command that resumes it. */
  readonly resume: 'unpause' | 'start'
  readonly pid: number
  readonly engine: Engine | null
}

type Reading = Pick<VolumesContext, 'read'>
type Writing = Pick<VolumesContext, 'transaction'>

export function readHalted(context: Reading): readonly Halted[] {
  return context
    .read(tables => tables.all('SELECT * FROM volumes_halted ORDER BY name'))
    .map(row => ({
      container: String(row['container']),
      name: String(row['name']),
      resume: row['resume'] === 'start' ? 'start' : 'unpause',
      pid: Number(row['pid']),
      engine: JSON.parse(String(row['engine'])) as Engine | null, // written below
    }))
}

/** Halted containers whose process has ended. */
export function readStale(context: Reading): readonly Halted[] {
  return readHalted(context).filter(({ pid }) => !isAlive(pid))
}

/** Claims the containers for this process. Returns the process, possibly killed, that holds one of them, if any. */
export function claimHalts(context: Writing, wanted: readonly Halted[]): number | undefined {
  return context.transaction(tables => {
    const rows = tables.all('SELECT container, pid FROM volumes_halted')
    const other = rows.find(row => wanted.some(({ container }) => container === row['container']))
    if (other && other['pid'] !== process.pid) return Number(other['pid'])
    for (const { container, name, resume, pid, engine } of wanted) {
      const values = [container, name, resume, pid, JSON.stringify(engine)] as const
      tables.run('INSERT OR REPLACE INTO volumes_halted VALUES (?, ?, ?, ?, ?)', ...values)
    }
    return undefined
  })
}

export function forgetHalts(context: Writing, containers: readonly string[]): void {
  context.transaction(tables => {
    for (const container of containers)
      tables.run('DELETE FROM volumes_halted WHERE container = ?', container)
  })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
