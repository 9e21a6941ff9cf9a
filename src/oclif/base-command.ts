import { Flags, type Interfaces } from '@oclif/core'
import type { LifecycleCommand } from '@piko/sdk'
import { PikoCommand } from '@piko/sdk/command'
import { requireEnvironmentAt } from '../environment/find.js'
import type { FlagsByPlugin } from '../environment/scope.js'
import type { Consent } from '../environment/trust/consent.js'
import type { EnvironmentRecord } from '../environment/record.js'
import { findSole } from '../host/find-sole.js'
import type { Recorded, Session } from '../host/session.js'
import { consentOn } from '../output/ask.js'
import { findPlugins } from '../plugins/find.js'
import { flagsByPlugin, type PluginFlag, pluginFlags, runOfFlags } from '../plugins/flags.js'
import { oclifFlags } from '../plugins/oclif-flags.js'
import { sessionOf } from './session-of.js'
import type { Workspace } from '../workspace/open.js'

type FlagOutput = Interfaces.OutputFlags<Interfaces.FlagInput>
type ArgOutput = Interfaces.OutputArgs<Interfaces.ArgInput>

/** For commands that run steps. */
export const verboseFlag = Flags.boolean({ summary: 'Show every step and the output of its programs' })

export const trustFlag = Flags.boolean({
  summary: 'Approve what the branch and the commands of .piko.yml reach on this machine',
})

/** The base of core's commands: access to the session and the environment. */
export abstract class BaseCommand extends PikoCommand {
  private isVerbose = false

  protected session(): Session {
    return sessionOf(this.config, { quiet: this.jsonEnabled(), verbose: this.isVerbose })
  }

  /** Spreading a command class to add flags drops what it inherits, including `--json`. */
  protected override async parse<F extends FlagOutput, B extends FlagOutput, A extends ArgOutput>(
    options?: Interfaces.Input<F, B, A>,
    argv?: string[],
  ): Promise<Interfaces.ParserOutput<F, B, A>> {
    const parsed = await super.parse(options && { ...options, enableJsonFlag: true }, argv)
    this.isVerbose = parsed.flags['verbose'] === true
    return parsed
  }

  /**
   * Finds an environment and its project: the named environment, else the one whose worktree contains the folder. For a
   * command that only reads, else the only environment.
   */
  protected async openEnvironment(
    name: string | undefined,
    options: { readonly tolerant?: boolean; readonly isReading?: boolean } = {},
  ): Promise<{ readonly workspace: Workspace; readonly record: EnvironmentRecord }> {
    const session = this.session()
    const { tolerant, isReading } = options
    const workspace = await session.workspace({
      ...(tolerant && { tolerant }),
      access: isReading ? 'read' : 'write',
    })
    const { state } = workspace
    const sole = options.isReading && name === undefined ? findSole(state, session) : undefined
    return { workspace, record: sole ?? requireEnvironmentAt(state, name, session.folder) }
  }

  /** The same for a command that only reads what is recorded. */
  protected async readEnvironment(
    name: string | undefined,
  ): Promise<Recorded & { readonly record: EnvironmentRecord }> {
    const session = this.session()
    const { state, repository } = await session.recorded()
    const sole = name === undefined ? findSole(state, session) : undefined
    return { state, repository, record: sole ?? requireEnvironmentAt(state, name, session.folder) }
  }

  protected printLines(lines: readonly string[]): void {
    for (const line of lines) this.log(line)
  }

  /** Whether a user can answer questions. */
  protected canPrompt(): boolean {
    return process.stdin.isTTY && process.stderr.isTTY && !this.jsonEnabled()
  }

  /** How the user approves something during this command. */
  protected consent(isGiven: boolean): Consent {
    return consentOn({ isGiven, canPrompt: this.canPrompt() })
  }

  /** The flags that plugins add to this command, in the form that oclif's parser uses. */
  protected pluginFlags(command: LifecycleCommand): PluginFlags {
    const { candidates } = findPlugins(this.config.plugins.values())
    const flags = pluginFlags(candidates, command)
    return {
      definitions: oclifFlags(flags),
      sort: values => flagsByPlugin(flags, values),
      runOf: values => runOfFlags(flags, values),
    }
  }
}

interface PluginFlags {
  readonly definitions: Interfaces.FlagInput
  sort(values: Readonly<Record<string, unknown>>): FlagsByPlugin
  /** The project-wide run that one of the given flags starts, if any. */
  runOf(values: Readonly<Record<string, unknown>>): PluginFlag['definition']['run']
}
