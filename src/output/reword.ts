import type { Command } from '@oclif/core'
import { commonFlags, oclifDefaults, oclifWords } from './oclif-words.js'

/** A command of oclif's in piko's words; any other one as it is, but for what oclif adds to it. */
export function reword(command: Command.Loadable): Command.Loadable {
  const isOclifs = command.pluginName?.startsWith('@oclif/') ?? false
  const words = isOclifs ? oclifWords[command.id.replaceAll(' ', ':')] : undefined
  const flags = Object.entries(command.flags ?? {}).map(([name, flag]) => {
    const own = words?.flags?.[name] ?? (isOclifsOwn(flag) ? commonFlags[name] : undefined)
    return [name, own === undefined ? flag : { ...flag, summary: own, description: undefined }] as const
  })
  const args = Object.entries(command.args ?? {}).map(([name, arg]) => {
    return [name, { ...arg, description: words?.args?.[name] ?? arg.description }] as const
  })
  return {
    ...command,
    ...(words && { summary: words.summary, description: words.description ?? undefined }),
    flags: Object.fromEntries(flags),
    args: Object.fromEntries(args),
  } as Command.Loadable // the fields of a command whose texts alone differ
}

function isOclifsOwn({ summary, description }: { summary?: string; description?: string }): boolean {
  return oclifDefaults.has(summary ?? description ?? '')
}
