import type { Looking } from '../tmux.js'
import { basename } from 'node:path'
import type { Pane } from './panes.js'

/** A program in the foreground of a pane. */
export interface Busy {
  readonly window: string
  /** Its command line. */
  readonly command: string
}

const shells: ReadonlySet<string> = new Set(
  'ash bash csh dash elvish fish ksh mksh nu pwsh rbash sh tcsh xonsh zsh'.split(' '),
)

/** The foreground programs of panes, other than idle shells. */
export async function findBusy(context: Looking, panes: readonly Pane[]): Promise<readonly Busy[]> {
  const alive = panes.filter(({ isDead, follows }) => !isDead && !follows)
  const groups = await askPs(context, { field: 'tpgid', pids: alive.map(({ pid }) => pid) })
  const leaders = [...groups.values()].map(Number).filter(pid => pid > 0)
  const commands = await askPs(context, { field: 'args', pids: leaders })
  return alive.flatMap(({ pid, window }) => {
    const command = commands.get(Number(groups.get(pid)))
    return command === undefined || isWaitingShell(command) ? [] : [{ window, command }]
  })
}

/** `-bash` and `zsh -i` are idle; `bash deploy.sh` and `sh -c …` are busy. */
function isWaitingShell(commandLine: string): boolean {
  const [program = '', ...rest] = commandLine.split(/\s+/)
  const isPlain = rest.every(word => word.startsWith('-') && word !== '-c')
  return shells.has(basename(program.replace(/^-/, ''))) && isPlain
}

/** One `ps` field of processes, by pid. Processes that have exited are left out. */
async function askPs(
  { look }: Looking,
  { field, pids }: { readonly field: string; readonly pids: readonly number[] },
): Promise<ReadonlyMap<number, string>> {
  if (pids.length === 0) return new Map()
  const words = ['-o', `pid=,${field}=`, '-p', pids.join(',')]
  const { stdout } = await look('ps', words, { allowFailure: true })
  const rows = stdout.split('\n').flatMap(line => {
    const [, pid, value = ''] = /^\s*(\d+)\s+(.*?)\s*$/.exec(line) ?? []
    return pid === undefined ? [] : [[Number(pid), value] as const]
  })
  return new Map(rows)
}
