import { Args, Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { setTimeout as pause } from 'node:timers/promises'
import { recover } from '../../deploys/recover.js'
import { timeText } from '../../output/deploys.js'
import { deploys, isFinal, requireDeploy } from '../../store/deploys.js'
import { logs } from '../../store/logs.js'

export default class DeployLogs extends PikoCommand {
  static override summary = 'Show what a deploy did'
  static override description = 'ID is the id of a deploy, or the beginning of it, as `piko deploys` shows.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 1f0c9a52',
    '<%= config.bin %> <%= command.id %> 1f0c9a52 --follow',
  ]
  static override args = { id: Args.string({ required: true, description: 'The deploy' }) }
  static override flags = {
    follow: Flags.boolean({ char: 'f', summary: 'Go on until the deploy has ended' }),
  }

  async run() {
    const { args, flags } = await this.parse(DeployLogs)
    const host = await this.host()
    await recover(host)
    const context = await host.openProject('deploy')
    const { id } = requireDeploy(context, args.id)
    let shown = 0
    for (;;) {
      const isOver = !flags.follow || isFinal(deploys.require(context, id))
      const lines = logs.of(context, id)
      for (const { createdAt, level, message } of lines.slice(shown))
        this.log(`${timeText(createdAt)}  ${level.padEnd(7)}  ${message}`)
      shown = lines.length
      if (isOver)
        return {
          deploy: id,
          lines: lines.map(({ createdAt: time, level, message }) => ({ time, level, message })),
        }
      await pause(200, undefined, { signal: context.signal }).catch(() => context.signal.throwIfAborted())
    }
  }
}
