import { Args } from '@oclif/core'
import { requireKnownPath } from '../environment/known-path.js'
import { BaseCommand } from '../oclif/base-command.js'

export default class Path extends BaseCommand {
  static override completes = ['environment'] as const
  static override summary = "Print the path of an environment's worktree"
  static override description =
    'For `cd` and for scripts. Without NAME, uses the environment of the current folder.'
  static override examples = [
    'cd "$(<%= config.bin %> path feature-auth)"',
    '<%= config.bin %> path feature-auth --json',
  ]
  static override args = {
    name: Args.string({ description: 'Name of the environment (default: the one of this folder)' }),
  }

  async run(): Promise<object> {
    const { args } = await this.parse(Path)
    const { record, repository } = await this.readEnvironment(args.name)
    requireKnownPath(repository, record)
    if (!this.jsonEnabled()) process.stdout.write(`${record.path}\n`) // exactly: `cd` reads it
    return { name: record.name, path: record.path }
  }
}
