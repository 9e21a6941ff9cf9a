import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { holdDefaultPorts } from './default-ports.js'
import { type Bindings, matchOutput, withBindings } from './console-match.js'
import type { ShownCommand } from './console-blocks.js'
import { removeProxy } from './proxies.js'

/** A shell in a repository that holds the example shop, with a home of its own. `cd` and variables last from command to command. */
export interface ConsoleSession {
  /** Runs a command as a page shows it; throws when it does not do what the page shows. */
  run(shown: ShownCommand): void
  dispose(): void
}

/** What the repository is called in pages. On the engine it has a name that no other run has. */
const SHOWN_NAME = 'shop'

export function openSession(varying: readonly string[]): ConsoleSession {
  const release = holdDefaultPorts()
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'piko-docs-')))
  const name = `${SHOWN_NAME}-${randomBytes(4).toString('hex')}`
  const env = environmentIn(folder)
  const bindings: Bindings = new Map()
  const shell = (command: string) => runShell(command, { folder, env })
  makeRepository(join(folder, name), shell)
  return {
    run(shown) {
      const command = withBindings(shown.command, bindings)
      const ended = shell(command)
      const actual = linesOf(ended).map(line => line.replaceAll(name, SHOWN_NAME))
      const isAsShown = matchOutput(actual, shown.expected, { varying, bindings })
      const isExpectedToEnd = ended.status === 0 || shown.expected.length > 0
      if (isAsShown && isExpectedToEnd) return
      throw new Error(difference(shown, { actual, ended }))
    },
    dispose() {
      cleanUp(name, { root: join(folder, name), shell })
      removeProxy(join(folder, 'home/state/piko/proxy'))
      rmSync(folder, { recursive: true, force: true })
      release()
    },
  }
}

/** What stays on a terminal: the answer and, of a command that failed, what it says below its progress. */
function linesOf({ status, stdout, stderr }: SpawnSyncReturns<string>): readonly string[] {
  const said = status === 0 ? '' : stderr
  const lines = `${stdout}${said}`.split('\n').filter(line => !/^[❯✔✖↓›] /.test(line))
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

function difference(
  { line, command, expected }: ShownCommand,
  { actual, ended }: { readonly actual: readonly string[]; readonly ended: SpawnSyncReturns<string> },
): string {
  const shown = (lines: readonly string[]) => lines.map(text => `    ${text}`).join('\n')
  const how = `ended with ${ended.signal ?? String(ended.status)}`
  return `line ${line}: \`${command}\` ${how} and is not as shown\n  shown:\n${shown(expected)}\n  said:\n${shown(actual)}\n  on stderr:\n${shown(ended.stderr.split('\n'))}`
}

/** The shell's state, its folder among it, is carried over in files. */
function runShell(
  command: string,
  { folder, env }: { readonly folder: string; readonly env: NodeJS.ProcessEnv },
): SpawnSyncReturns<string> {
  const state = join(folder, 'state.sh')
  const script = [
    `. '${state}' 2>/dev/null`,
    'set -a',
    command,
    'piko_docs_status=$?',
    `{ export -p; declare -f; printf 'cd %q\\n' "$PWD"; } >'${state}'`,
    'exit $piko_docs_status',
  ].join('\n')
  return spawnSync('bash', ['-c', script], {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 180_000,
  })
}

function environmentIn(folder: string): NodeJS.ProcessEnv {
  const home = join(folder, 'home')
  const programs = join(folder, 'bin')
  mkdirSync(home)
  mkdirSync(programs)
  const piko = join(programs, 'piko')
  writeFileSync(piko, `#!/bin/sh\nexec '${process.execPath}' '${resolve('bin/run.js')}' "$@"\n`)
  chmodSync(piko, 0o755)
  return {
    ...process.env,
    PATH: `${programs}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    XDG_STATE_HOME: join(home, 'state'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
  }
}

function makeRepository(root: string, shell: (command: string) => SpawnSyncReturns<string>): void {
  cpSync(resolve('examples/shop'), root, { recursive: true })
  cpSync(join(root, '.env.example'), join(root, '.env'))
  const commands = [
    `cd '${root}'`,
    'git init --quiet --initial-branch=main',
    'git add --all',
    'git commit --quiet --message "The shop"',
  ]
  for (const command of commands) {
    const { status, stderr } = shell(command)
    if (status !== 0) throw new Error(`${command}: ${stderr}`)
  }
}

/** A page destroys what it made; this is for one that failed half-way. */
function cleanUp(
  name: string,
  { root, shell }: { readonly root: string; readonly shell: (command: string) => SpawnSyncReturns<string> },
): void {
  if (!existsSync(join(root, '.piko/state.db'))) return
  const { stdout } = shell(`cd '${root}' && piko list --json`)
  const { environments } = JSON.parse(stdout) as { environments: readonly { name: string }[] }
  const left = environments.flatMap(environment => {
    const { status, stderr } = shell(`piko destroy '${environment.name}' --yes --force`)
    return status === 0 ? [] : [`${environment.name}: ${stderr}`]
  })
  shell(`cd '${root}' && piko down --shared --yes`)
  if (left.length > 0) throw new Error(`${name}: environments could not be destroyed: ${left.join('; ')}`)
}
