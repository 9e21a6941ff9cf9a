import { type Command, type Interfaces, Parser } from '@oclif/core'
import { detailsOf, type LifecycleCommand } from '@piko/sdk'
import { findOnly, splitTarget } from '../environment/find.js'
import { locateState } from '../environment/locate.js'
import { markProgramWords } from '../oclif/mark-program-words.js'
import { findPlugins } from '../plugins/find.js'
import { pluginFlags } from '../plugins/flags.js'
import { oclifFlags } from '../plugins/oclif-flags.js'

/** Throws if a command's words have an unknown flag or name an unknown environment. Other mistakes are left to it. */
export async function findMistake(
  config: Interfaces.Config,
  command: Command.Loadable,
  given: readonly string[],
): Promise<void> {
  const [id, ...words] = await markProgramWords(config, [command.id, ...given])
  if (id !== command.id) return
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words
  const { flags, raw } = await Parser.parse([...own], inputOf(config, command))
  if (!takesEnvironment(command)) return
  const located = locateState(process.cwd())
  const names = raw.flatMap(token => (token.type === 'arg' ? [token.input] : []))
  const asked = typeof flags['env'] === 'string' ? flags['env'] : undefined
  if (!located || (names.length === 0 && asked === undefined)) return
  const folder = process.cwd()
  if (asked === undefined && findOnly(located.state, { words: names, folder })) return
  requireKnown(() => splitTarget(located.state, { words: names, asked, folder }))
}

/** Throws if the environment is unknown. Commands differ in what else they refuse. */
function requireKnown(find: () => unknown): void {
  try {
    find()
  } catch (error) {
    if (detailsOf(error)?.code === 'ENVIRONMENT_UNKNOWN') throw error
  }
}

/** The command's input as the manifest records it, without what its class computes. */
function inputOf(config: Interfaces.Config, command: Command.Loadable) {
  const { candidates } = findPlugins(config.plugins.values())
  const added = oclifFlags(pluginFlags(candidates, command.id as LifecycleCommand)) // plugins add flags to these only
  const asGiven = (input: string) => Promise.resolve(input)
  const args = Object.entries(command.args).map(([name, arg]) => [
    name,
    { ...arg, parse: asGiven, ignoreStdin: true },
  ])
  return {
    args: Object.fromEntries(args) as Interfaces.ArgInput,
    flags: { ...command.flags, ...added } as Interfaces.FlagInput,
    strict: command.strict !== false,
  }
}

/** oclif's manifest includes static properties that a command class adds. */
function takesEnvironment(command: Command.Loadable): boolean {
  const completes: unknown = Reflect.get(command, 'completes')
  return Array.isArray(completes) && completes[0] === 'environment'
}
