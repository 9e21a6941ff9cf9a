import { detailsOf, readTerminal } from '@piko/sdk'
import { readFileSync } from 'node:fs'
import { requireEnvironmentAt } from '../environment/find.js'
import { listEnvironments } from '../environment/listing.js'
import { isForeignPath } from '../environment/known-path.js'
import { type LocatedState, locateState } from '../environment/locate.js'
import { readOverview } from '../environment/overview.js'
import { jsonText } from '../output/json.js'
import { listLines } from '../output/list.js'
import { overviewLines } from '../output/overview.js'
import { fits } from '../output/redraw.js'
import { variableFormats, variableLines } from '../output/variables.js'
import { findQuickCommand, runQuickCommand } from './quick-commands.js'

/**
 * Answers `piko` without arguments, `list`, `env`, `path`, `--version` and the plugins' quick commands without loading
 * oclif, which takes longer than the answer. Also reports an unknown environment. Handles only the simplest calls. For
 * anything else, including other errors, it returns the words for oclif, whose command starts from scratch. On a
 * terminal, it draws the list at once, and oclif's command then adds the live state.
 */
export async function runFastLane(words: readonly string[]): Promise<readonly string[] | undefined> {
  if (isLiveList(words)) return [...words, ...drawList()]
  try {
    const answer = await answerOf(words)
    if (answer === undefined) return words
    process.stdout.write(`${answer}\n`)
  } catch (error) {
    const isFinal =
      environmentCommands.has(words[0] ?? '') && detailsOf(error)?.code === 'ENVIRONMENT_UNKNOWN'
    if (!isFinal) return words // the command reports the error
    const { printError } = await import('../output/print-error.js')
    process.exitCode = printError(error, { json: words.includes('--json') })
  }
  return undefined
}

/** Whether it is a plain list on a terminal. */
function isLiveList([command = '', ...words]: readonly string[]): boolean {
  return isList(command) && process.stdout.isTTY && words.every(word => word === '--live')
}

/** Draws the recorded list if it fits on the screen. Returns the flags that tell the command so. */
function drawList(): readonly string[] {
  try {
    const located = locateState(process.cwd())
    const entries = located ? listEnvironments(located.state) : []
    const view = { entries, live: new Map(), isPending: true, terminal: readTerminal(process.stdout) }
    const lines = listLines(view)
    if (entries.length === 0 || !fits(process.stdout, lines)) return []
    process.stdout.write(lines.map(line => `${line}\n`).join(''))
    return ['--drawn', String(lines.length)]
  } catch {
    return [] // the command reports the error
  }
}

function isList(command: string): boolean {
  return command === 'list' || command === 'ls'
}

async function answerOf(all: readonly string[]): Promise<string | undefined> {
  if (all.length === 0)
    return overviewLines(readOverview(process.cwd()), readTerminal(process.stdout)).join('\n')
  const [command = '', ...words] = all
  if ((command === '--version' || command === '-v') && words.length === 0) return versionLine()
  if (!/^[a-z]+$/.test(command)) return undefined
  const call = parse(isList(command) ? words.filter(word => word !== '--no-live') : words)
  const located = call && locateState(process.cwd())
  if (!call || !located) return undefined
  if (command === 'env') return envAnswer(located, call)
  if (call.format) return undefined
  if (isList(command)) return call.name === undefined ? listAnswer(located, call) : undefined
  const quick = await findQuickCommand(command)
  if (!quick && !environmentCommands.has(command)) return undefined
  const record = requireEnvironmentAt(located.state, call.name, process.cwd())
  if (isForeignPath(located.gitDir, record.path)) return undefined
  if (command === 'path')
    return call.json ? jsonText({ name: record.name, path: record.path }, 1) : record.path
  if (!quick) return undefined
  const { lines, answer } = await runQuickCommand(quick, located, record)
  return call.json ? jsonText(answer, 1) : lines.join('\n')
}

/** Commands whose only argument is an environment. */
const environmentCommands: ReadonlySet<string> = new Set(['destroy', 'down', 'env', 'path', 'status'])

function listAnswer({ state }: LocatedState, { json }: Call): string {
  const entries = listEnvironments(state)
  const view = { entries, live: undefined, isPending: false, terminal: readTerminal(process.stdout) }
  return json ? jsonText({ environments: entries }, 1) : listLines(view).join('\n')
}

function envAnswer({ state }: LocatedState, { name, json, format = 'dotenv' }: Call): string {
  const { variables } = requireEnvironmentAt(state, name, process.cwd())
  return json ? jsonText(variables, undefined) : variableLines(variables, format).join('\n')
}

interface Call {
  readonly name: string | undefined
  readonly json: boolean
  readonly format: (typeof variableFormats)[number] | undefined
}

function parse(words: readonly string[]): Call | undefined {
  const json = words.includes('--json')
  const rest = words.filter(word => word !== '--json')
  const at = rest.indexOf('--format')
  const format = at < 0 ? undefined : variableFormats.find(known => known === rest[at + 1])
  if (at >= 0 && (format === undefined || json)) return undefined
  const names = at < 0 ? rest : [...rest.slice(0, at), ...rest.slice(at + 2)]
  const [name] = names
  if (names.length > 1 || name?.startsWith('-')) return undefined
  return { name, json, format }
}

/** The same as oclif's `--version`. */
function versionLine(): string {
  const { name, version } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as {
    readonly name: string // npm requires both in a package
    readonly version: string
  }
  return `${name}/${version} ${process.platform}-${process.arch} node-${process.version}`
}
