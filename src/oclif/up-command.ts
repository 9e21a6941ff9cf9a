import { Args, Flags } from '@oclif/core'
import { splitTarget } from '../environment/find.js'
import type { EnvironmentRecord } from '../environment/record.js'
import { upEnvironment } from '../environment/up.js'
import type { Workspace } from '../workspace/open.js'
import { BaseCommand, trustFlag, verboseFlag } from './base-command.js'

export const upFlags = {
  env: Flags.string({ summary: 'Use this environment, if a name could also be a service' }),
  trust: trustFlag,
  verbose: verboseFlag,
}

export function upArgs(services: string) {
  return {
    name: Args.string({ description: 'Name of the environment (default: the one of this folder)' }),
    services: Args.string({ description: services }),
  }
}

/** The base of `up` and `restart`. It has no static members: oclif's manifest would lose `--json`. */
export abstract class UpCommand extends BaseCommand {
  /** Starts or restarts the environment and services that the arguments name, and prints the reports. */
  protected async bringUp(
    verb: 'up' | 'restart',
  ): Promise<{ readonly workspace: Workspace; readonly record: EnvironmentRecord }> {
    const plugins = this.pluginFlags(verb)
    const { args, flags: own } = this.ctor
    const definitions = { ...own, ...upFlags, ...plugins.definitions }
    const { argv, flags } = await this.parse({ strict: false, args, flags: definitions })
    const session = this.session()
    const workspace = await session.workspace()
    const { version, narrator, folder } = session
    const words = argv.map(String)
    const { record, rest: targets } = splitTarget(workspace.state, { words, asked: flags.env, folder })
    const consent = this.consent(flags.trust ?? false)
    const about = { workspace, version, narrator, record, verb, targets, consent }
    const { reports } = await upEnvironment({ ...about, flags: plugins.sort(flags) })
    this.printLines(reports.map(report => `✓ ${report}`))
    return { workspace, record }
  }
}
