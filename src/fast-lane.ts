import { readFileSync } from 'node:fs'
import { requireEnvironmentAt } from './environment/find.js'
import { listEnvironments } from './environment/listing.js'
import { locateState } from './environment/locate.js'
import { jsonText } from './output/json.js'
import { listLines } from './output/list.js'
import { variableFormats, variableLines } from './output/variables.js'

/**
 * `list`, `env` and `--version` without oclif, whose modules take longer to load than these take to answer. Only the plainest calls
 * are taken; for anything else, errors among it, false is returned and oclif's command does the same work from scratch.
 */
export function runFastLane(words: readonly string[]): boolean {
  const answer = answerOf(words)
  if (answer === undefined) return false
  process.stdout.write(`${answer}\n`)
  return true
}

function answerOf([command, ...words]: readonly string[]): string | undefined {
  if ((command === '--version' || command === '-v') && words.length === 0) return versionLine()
  if (command !== 'list' && command !== 'ls' && command !== 'env') return undefined
  const call = parse(words)
  if (!call || (command !== 'env' && (call.format || call.name))) return undefined
  try {
    const located = locateState(process.cwd())
    if (!located) return undefined
    if (command !== 'env') {
      const list = { environments: listEnvironments(located.state) }
      return call.json ? jsonText(list, 1) : listLines(list).join('\n')
    }
    const { variables } = requireEnvironmentAt(located.state, call.name, process.cwd())
    return call.json
      ? jsonText(variables, undefined)
      : variableLines(variables, call.format ?? 'dotenv').join('\n')
  } catch {
    return undefined // the command itself says what is wrong
  }
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
