import type { Command, Interfaces } from '@oclif/core'
import { attachHost } from '@piko/sdk'
import { readPackage } from '../oclif/own-packages.js'
import { locateState } from '../environment/locate.js'
import { hasHooksOfUser } from './user-plugins.js'
import { quickHost } from './host.js'
import { debugNotQuick, notQuick } from './not-quick.js'
import { sayNow } from './say-later.js'
import { sessionOf } from './session-of.js'

/** Answers words, or returns what oclif shall run instead. */
export type QuickRun = (words: readonly string[]) => Promise<readonly string[] | undefined>

interface QuickCommand {
  readonly id: string
  readonly Command: Command.Class
  readonly config?: Interfaces.Config
}

interface Runnable {
  _run(): Promise<unknown>
}

/**
 * Runs one of piko's commands with oclif's class and parser, but without its configuration and plugins. Returns the
 * words if the command needs those; it has changed and printed nothing then.
 */
export async function runCommand(
  { id, Command, config = quickConfig() }: QuickCommand,
  words: readonly string[],
): Promise<readonly string[] | undefined> {
  if (hasHooksOfUser()) return words
  Command.id = id
  attachHost(config, async () => quickHost(locateState(process.cwd()) ?? notQuick(), sessionOf(config)))
  try {
    const made: unknown = Reflect.construct(Command, [words.slice(1), config])
    await (made as Runnable)._run() // protected in oclif's class, whose `run` loads the configuration
  } catch (error) {
    if (!isExit(error)) {
      debugNotQuick(error)
      return words
    }
    process.exitCode = error.oclif.exit
  }
  sayNow()
  return undefined
}

/** The part of oclif's configuration that a command reads while it runs. */
function quickConfig(): Interfaces.Config {
  return {
    ...readPackage(),
    bin: 'piko',
    options: {},
    pjson: { oclif: {} },
    plugins: new Map(),
    runHook: () => Promise.resolve({ successes: [], failures: [] }),
    scopedEnvVar: (name: string) => process.env[`PIKO_${name}`],
    scopedEnvVarKeys: (name: string) => [`PIKO_${name}`],
    topicSeparator: ':',
  } as unknown as Interfaces.Config
}

/** `this.exit(n)`: the command has printed everything. */
function isExit(error: unknown): error is Error & { readonly oclif: { readonly exit: number } } {
  return error instanceof Error && 'code' in error && error.code === 'EEXIT' && 'oclif' in error
}
