import { Args, Flags } from '@oclif/core'
import { splitTarget } from '../environment/find.js'
import { type EnvironmentRecord, readEnvironments } from '../environment/record.js'
import { followWorktrees } from '../environment/follow-worktree.js'
import { regenerateAll } from '../environment/regenerate.js'
import { upEnvironment } from '../environment/up.js'
import { arrivalText } from '../output/arrival.js'
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
    const workspace = await session.workspace({ settles: verb === 'up' })
    const { version, narrator, folder } = session
    if (verb === 'up') await this.follow(workspace)
    const words = argv.map(String)
    const { record, rest: targets } = splitTarget(workspace.state, { words, asked: flags.env, folder })
    if (workspace.arrival) await this.arrive(workspace, record.name)
    const consent = this.consent(flags.trust ?? false)
    const about = { workspace, version, narrator, record, verb, targets, consent }
    const { reports } = await upEnvironment({ ...about, flags: plugins.sort(flags) })
    this.printLines(reports.map(report => `✓ ${report}`))
    return { workspace, record }
  }

  /** A renamed worktree folder is found by its new name. */
  private async follow(workspace: Workspace): Promise<void> {
    for (const { name, from, to } of await followWorktrees(workspace))
      this.session().narrator.say(`The worktree of ${name} was moved from ${from} to ${to}`)
  }

  /** After a move, the files and bind mounts of the other environments name the old folder too. */
  private async arrive(workspace: Workspace, except: string): Promise<void> {
    const { version, narrator } = this.session()
    const count = readEnvironments(workspace.state).length
    if (!workspace.arrival || count === 0) return
    narrator.say(arrivalText(workspace.arrival, count))
    for (const { name, error } of await regenerateAll({ workspace, version, narrator, except }))
      if (error) narrator.say(`! ${name}: ${error.message}; to try again, run \`piko up ${name}\``)
  }
}
