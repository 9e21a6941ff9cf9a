import type { Changes, Context, ExecOptions, ExecResult } from '@piko/sdk'

/** The only file of this plugin that runs tmux. */

/** A tmux server, as the words before a command: `-S PATH` or `-L NAME`. No words mean the user's default. */
export type Server = readonly string[]

/** One invocation of tmux, with commands that the server runs in order. */
export interface Call {
  readonly server: Server
  readonly commands: readonly (readonly string[])[]
}

export type Looking = Pick<Context<unknown>, 'look'>
export type Changing = Pick<Changes, 'exec'>

export function lookTmux({ look }: Looking, call: Call, options?: ExecOptions): Promise<ExecResult> {
  return look('tmux', wordsOf(call), options)
}

export function runTmux({ exec }: Changing, call: Call, options?: ExecOptions): Promise<ExecResult> {
  return exec('tmux', wordsOf(call), options)
}

function wordsOf({ server, commands }: Call): readonly string[] {
  return [
    ...server,
    ...commands.flatMap((words, index) => [...(index > 0 ? [';'] : []), ...words.map(literal)]),
  ]
}

/** A word that ends in `;` would end the command. */
function literal(word: string): string {
  return word.endsWith(';') ? `${word.slice(0, -1)}\\;` : word
}
