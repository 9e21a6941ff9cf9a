import Autocomplete from '../commands/autocomplete.js'
import { recordedConfig } from './recorded-config.js'
import { type QuickRun, runCommand } from './run-command.js'
import { hasUserPlugins } from './user-plugins.js'

/** The scripts contain all commands, those of the user's plugins too. */
export const run: QuickRun = async words => {
  if (hasUserPlugins()) return words
  return runCommand({ id: 'autocomplete', Command: Autocomplete, config: recordedConfig() }, words)
}
