import { Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { envFlag } from '../arguments/env-flag.js'
import { literalTail } from '../arguments/literal-tail.js'
import { commandMissing } from '../engine/service-errors.js'
import { execIn } from '../engine/exec.js'
import { requireRunning } from '../engine/running.js'

export default class Exec extends PikoCommand {
  static override enableJsonFlag = false
  static override summary = 'Run a command in a running service'
  static override description =
    "With a terminal where there is one. It ends with the command's exit code. Without NAME, the environment of the " +
    'current folder; `web#2` is the second replica of web.'
  static override examples = [
    {
      description: 'A query to the database',
      command: '<%= config.bin %> <%= command.id %> feature-auth db -- psql -U app -c "select 1"',
    },
    {
      description: 'From inside the worktree',
      command: '<%= config.bin %> <%= command.id %> web -- npm test',
    },
  ]
  static override usage = 'exec [NAME] SERVICE -- CMD…'
  static override strict = false
  static override flags = {
    env: envFlag,
    user: Flags.string({ char: 'u', summary: 'Run it as this user', helpValue: 'USER' }),
    workdir: Flags.string({
      char: 'w',
      summary: 'Run it in this folder of the container',
      helpValue: 'FOLDER',
    }),
  }

  async run(): Promise<void> {
    const valued = ['--env', '--user', '--workdir', '-u', '-w']
    const { argv, flags } = await this.parse(Exec, literalTail(this.argv, { words: 2, valued }))
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const [service, ...command] = rest
    if (service === undefined || command.length === 0) throw commandMissing(environment.name)
    const context = await host.open('compose', environment)
    const { id } = await requireRunning(context, service)
    this.exit(await execIn(context, { id, command, user: flags.user, workdir: flags.workdir }))
  }
}
