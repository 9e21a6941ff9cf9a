import { problemOfName } from '../plugins/find.js'
import { shortName } from '../project/package-name.js'
import { pluginNameInvalid } from './errors.js'

export interface Taken {
  /** Short names of the plugins that come with piko. */
  readonly bundled: readonly string[]
  /** First words of commands that there are. */
  readonly commands: readonly string[]
}

/** The short name of a new plugin; `piko-plugin-x` is taken for `x`. Throws `PLUGIN_NAME_INVALID`. */
export function requirePluginName(said: string, { bundled, commands }: Taken): string {
  const name = shortName(said)
  const problem = problemOfName(name)
  if (problem !== undefined) throw pluginNameInvalid(said, problem)
  if (bundled.includes(name)) throw pluginNameInvalid(said, `piko comes with a plugin ${name}`)
  if (commands.includes(name)) throw pluginNameInvalid(said, `\`piko ${name}\` is a command already`)
  return name
}
