import type { Command, Interfaces } from '@oclif/core'
import { markTail } from '@piko/sdk'
import { isNamed } from '../environment/find.js'
import { locateState } from '../environment/locate.js'

/** Inserts `--` before the words that the command passes to a program, if it does. */
export async function markProgramWords(
  config: Interfaces.Config,
  words: readonly string[],
): Promise<string[]> {
  const count = words.findIndex(word => word.startsWith('-'))
  const ids = words.slice(0, count).map((_, at) => words.slice(0, at + 1).join(':'))
  const id = ids.findLast(known => config.findCommand(known) !== undefined)
  const command = id === undefined ? undefined : config.findCommand(id)
  const ownWords = ownWordsOf(command)
  if (id === undefined || command === undefined || ownWords === undefined) return [...words]
  const length = id.split(':').length
  const located = locateState(process.cwd())
  const namesEnvironment = (word: string, asked: string | undefined) =>
    Promise.resolve(!located || isNamed(located.state, { word, asked, folder: process.cwd() }))
  const call = { ownWords, flags: command.flags, namesEnvironment }
  return [...words.slice(0, length), ...(await markTail(words.slice(length), call))]
}

/** oclif's manifest includes static properties that a command class adds. */
function ownWordsOf(command: Command.Loadable | undefined): number | undefined {
  const ownWords: unknown = command && Reflect.get(command, 'ownWords')
  return typeof ownWords === 'number' ? ownWords : undefined
}
