import { readFileSync } from 'node:fs'
import { requireEnvironmentAt } from './environment/find.js'
import { listEnvironments } from './environment/listing.js'
import { type LocatedState, locateState } from './environment/locate.js'
import { jsonText } from './output/json.js'
import { listLines } from './output/list.js'
import { variableFormats, variableLines } from './output/variables.js'
import { findQuickCommand, runQuickCommand } from './quick-commands.js'

/**
 * `list`, `env`, `--version` and what plugins answer quickly, without oclif, whose modules take longer to load than these
 * take to answer. Only the plainest calls are taken; for anything else, errors among it, false is returned and oclif's
 * command does the same work from scratch.
 */
export async function runFastLane(words: readonly string[]): Promise<boolean> {
  const answer = await answerOf(words).catch(() => undefined) // the command itself says what is wrong
  if (answer === undefined) return false
  process.stdout.write(`${answer}\n`)
  return true
}

async function answerOf([command = '', ...words]: readonly string[]): Promise<string | undefined> {
  if ((command === '--version' || command === '-v') && words.length === 0) return versionLine()
  if (!/^[a-z]+$/.test(command)) return undefined
  const call = parse(words)
  const located = call && locateState(process.cwd())
  if (!call || !located) return undefined
  if (command === 'env') return envAnswer(located, call)
  if (call.format) return undefined
  if (command === 'list' || command === 'ls')
    return call.name === undefined ? listAnswer(located, call) : undefined
  const quick = await findQuickCommand(command)
  if (!quick) return undefined
  const record = requireEnvironmentAt(located.state, call.name, process.cwd())
  const { lines, answer } = await runQuickCommand(quick, located, record)
  return call.json ? jsonText(answer, 1) : lines.join('\n')
}

function listAnswer({ state }: LocatedState, { json }: Call): string {
  const list = { environments: listEnvironments(state) }
  return json ? jsonText(list, 1) : listLines(list).join('\n')
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

/** The same line as oclif's `--version`. */
function versionLine(): string {
  const { name, version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    readonly name: string // npm packs no package without the two
    readonly version: string
  }
  return `${name}/${version} ${process.platform}-${process.arch} node-${process.version}`
}
