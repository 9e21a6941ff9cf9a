import { normalizeArgv } from '@oclif/core/help'
import type { Interfaces } from '@oclif/core'
import commandNotFound from '../hooks/command-not-found.js'
import { markProgramWords } from '../oclif/mark-program-words.js'
import Help from '../output/help.js'
import { printError } from '../output/print-error.js'
import { findMistake } from './find-mistake.js'
import { isFinal } from './is-final.js'
import { debugNotQuick } from './not-quick.js'
import { recordedConfig } from './recorded-config.js'
import type { QuickRun } from './run-command.js'
import { hasUserPlugins } from './user-plugins.js'

/**
 * Answers what depends on no command's code: help, and unknown commands, flags and environments. Decides as oclif's
 * `run` does. Returns the words for anything else, and if there are commands that the build did not record.
 */
export const run: QuickRun = async words => {
  if (hasUserPlugins()) return words
  const config = recordedConfig()
  try {
    return (await answer(config, words)) ? undefined : words
  } catch (error) {
    if (!isFinal(error)) {
      debugNotQuick(error)
      return words
    }
    process.exitCode = printError(error, { json: isJson(config, words) })
    return undefined
  }
}

async function answer(config: Interfaces.Config, given: readonly string[]): Promise<boolean> {
  const isHelp = asksForHelp(given)
  const words = isHelp ? await markProgramWords(config, given) : [...given]
  const [id = '', ...rest] = normalizeArgv(config, words)
  if (asksForHelp(words)) return showHelp(config, words)
  if (id === 'help') return rest.some(word => word.startsWith('-')) ? false : showHelp(config, rest)
  const command = config.findCommand(id)
  if (!command && config.findTopic(id)) return showHelp(config, [id])
  if (!command) await Reflect.apply(commandNotFound, undefined, [{ config, id, argv: rest }])
  else if (!command.pluginName?.startsWith('@oclif/')) await findMistake(config, command, rest)
  return false
}

async function showHelp(config: Interfaces.Config, words: readonly string[]): Promise<boolean> {
  await new Help(config, config.pjson.oclif.helpOptions).showHelp([...words])
  return true
}

function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--')
  return words.slice(0, end < 0 ? undefined : end).some(word => word === '--help' || word === '-h')
}

/** As oclif's commands decide it. */
function isJson(config: Interfaces.Config, words: readonly string[]): boolean {
  const [id = '', ...rest] = normalizeArgv(config, [...words])
  const own = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest
  return own.includes('--json') && config.findCommand(id)?.['enableJsonFlag'] !== false
}
