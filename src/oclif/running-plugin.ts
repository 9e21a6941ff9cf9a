import type { Interfaces } from '@oclif/core'

/** The package that has the command which these words call, if there is such a command. */
export function findRunning(
  config: Pick<Interfaces.Config, 'findCommand'>,
  words: readonly string[],
): string | undefined {
  const flag = words.findIndex(word => word.startsWith('-'))
  const named = flag < 0 ? words : words.slice(0, flag)
  const ids = named.map((_, at) => named.slice(0, at + 1).join(':'))
  const id = ids.findLast(known => config.findCommand(known) !== undefined)
  return id === undefined ? undefined : config.findCommand(id)?.pluginName
}
