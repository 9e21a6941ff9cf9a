import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { destroyEnvironments } from '../sandbox/environments.js'
import { installPiko } from '../sandbox/piko.js'
import { copyShop, makeRepository } from '../sandbox/repository.js'
import { removeLabelled } from '../sandbox/engine.js'
import { makeSandbox } from '../sandbox/sandbox.js'
import { holdDefaultPorts } from './default-ports.js'
import { type Bindings, matchOutput, withBindings } from './console-match.js'
import type { ShownCommand } from './console-blocks.js'
import { removeProxy } from './proxies.js'

/** A shell in a repository of the example shop, with its own home. `cd` and variables persist between commands. */
export interface ConsoleSession {
  /** Runs a command from a page; throws if the output differs from the page. */
  run(shown: ShownCommand): void
  dispose(): void
}

/** The repository's name in pages. On the engine it has a name unique to this run. */
const SHOWN_NAME = 'shop'

export function openSession(varying: readonly string[]): ConsoleSession {
  const release = holdDefaultPorts()
  const sandbox = makeSandbox('docs')
  const { folder } = sandbox
  const name = `${SHOWN_NAME}-${randomBytes(4).toString('hex')}`
  const root = join(folder, name)
  const env = { ...sandbox.env, PATH: installPiko(folder) }
  const bindings: Bindings = new Map()
  const shell = (command: string) => runShell(command, { folder, env })
  copyShop(root)
  makeRepository(root, env)
  shell(`cd '${root}'`)
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
      const left = destroyEnvironments({ root, env })
      shell(`cd '${root}' && piko down --shared --yes`)
      removeProxy(join(folder, 'home/state/piko/proxy'))
      removeLabelled(`dev.piko.root=${root}`, env) // stages
      shell(
        `cd '${root}' && [ -f registry.pid ] && kill "$(cat registry.pid)"; rm -rf /tmp/piko-guide-registry`,
      )
      sandbox.remove()
      release()
      if (left.length > 0) throw new Error(`${name}: environments could not be destroyed: ${left.join('; ')}`)
    },
  }
}

/** What remains on a terminal: stdout and, if the command failed, its message below the progress. */
function linesOf({ status, stdout, stderr }: SpawnSyncReturns<string>): readonly string[] {
  const failure = status === 0 ? '' : stderr
  const lines = `${stdout}${failure}`.split('\n').filter(line => !/^[❯✔✖↓›] /.test(line))
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

/** The shell's state, including its folder, is passed on in files. */
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
