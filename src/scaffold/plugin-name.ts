import { scaffoldErrors } from '../errors/scaffold.js'
import { problemOfName } from '../plugins/find.js'
import { shortName } from '../project/package-name.js'

export interface Taken {
  /** Short names of the plugins that are bundled with piko. */
  readonly bundled: readonly string[]
  /** First words of the existing commands. */
  readonly commands: readonly string[]
}

/** The short name of a new plugin. `piko-plugin-x` also means `x`. Throws `PLUGIN_NAME_INVALID`. */
export function requirePluginName(given: string, { bundled, commands }: Taken): string {
  const name = shortName(given)
  const problem = problemOfName(name)
  if (problem !== undefined) throw scaffoldErrors.PLUGIN_NAME_INVALID({ name: given, problem })
  if (bundled.includes(name))
    throw scaffoldErrors.PLUGIN_NAME_INVALID({ name: given, problem: `piko comes with a plugin ${name}` })
  if (commands.includes(name))
    throw scaffoldErrors.PLUGIN_NAME_INVALID({
      name: given,
      problem: `\`piko ${name}\` is a command already`,
    })
  return name
}
