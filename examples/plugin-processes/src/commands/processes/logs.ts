import { Args, Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { join } from 'node:path'
import type { Config } from '../../config.js'
import { folderOf, logOf, readLines } from '../../process/files.js'
import { requireNames } from '../../observe.js'

export default class Logs extends PikoCommand {
  static override summary = 'Show what the processes of an environment have said'
  static override description =
    'The first word is an environment if one has that name, else a process of the environment of this folder.'
  static override examples = [
    '<%= config.bin %> processes logs feature-auth api',
    '<%= config.bin %> processes logs api --follow',
  ]
  static override strict = false
  static override args = {
    name: Args.string({ description: 'The environment; then processes, default: all' }),
  }
  static override flags = {
    env: Flags.string({ summary: 'The environment, where a process has its name' }),
    tail: Flags.integer({ summary: 'How many lines of each', default: 100, min: 1 }),
    follow: Flags.boolean({ char: 'f', summary: 'Go on as lines come, until Ctrl-C', exclusive: ['json'] }),
  }

  async run() {
    const { argv, flags } = await this.parse(Logs)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const context = await host.open<Config>('processes', environment)
    const files = requireNames(context, rest).map(name => ({
      name,
      file: logOf(join(folderOf(environment), name)),
    }))
    if (flags.follow) {
      const words = ['-n', String(flags.tail), '-F', ...files.map(({ file }) => file)]
      await context.exec('tail', words, { terminal: true, allowFailure: true })
      return {}
    }
    const logs = files.map(({ name, file }) => ({ name, file, lines: readLines(file, flags.tail) }))
    for (const { name, lines } of logs) for (const line of lines) this.log(`${name} | ${line}`)
    return { logs }
  }
}
