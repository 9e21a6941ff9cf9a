import type { Command } from '@oclif/core'
import { commonFlags, oclifDefaults, oclifWords } from './oclif-words.js'

/** One of oclif's commands with piko's texts. In any other command, only oclif's default texts change. */
export function reword(command: Command.Loadable): Command.Loadable {
  const isFromOclif = command.pluginName?.startsWith('@oclif/') ?? false
  const words = isFromOclif ? oclifWords[command.id.replaceAll(' ', ':')] : undefined
  const flags = Object.entries(command.flags ?? {}).map(([name, flag]) => {
    const own = words?.flags?.[name] ?? (hasDefaultText(flag) ? commonFlags[name] : undefined)
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
  } as Command.Loadable // only the texts of the command change
}

function hasDefaultText({ summary, description }: { summary?: string; description?: string }): boolean {
  return oclifDefaults.has(summary ?? description ?? '')
}
