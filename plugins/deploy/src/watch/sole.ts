import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { isAlive, thisProcess } from '../deploys/process.js'
import { watchErrors } from '../errors/watch.js'

/** Runs `work` as the only watcher of this machine. A file names it; one whose process has ended does not count. */
export async function asSoleWatcher<Result>(root: string, work: () => Promise<Result>): Promise<Result> {
  const file = join(stateDir(), 'watcher')
  mkdirSync(stateDir(), { recursive: true })
  claim(file, root)
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function claim(file: string, root: string): void {
  const text = `${thisProcess()} ${root}\n`
  try {
    writeFileSync(file, text, { flag: 'wx' })
  } catch {
    const [other = '', ...rest] = readFileSync(file, 'utf8').trim().split(' ')
    if (isAlive(other))
      throw watchErrors.DEPLOY_WATCH_RUNNING({ pid: other.split(':')[0] ?? '', root: rest.join(' ') })
    renameSync(file, `${file}.old`) // of two that find it, only one can
    rmSync(`${file}.old`, { force: true })
    writeFileSync(file, text, { flag: 'wx' })
  }
}

function stateDir(): string {
  return join(process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'piko')
}
