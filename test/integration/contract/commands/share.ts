import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { shareRun } from '../plugins/shared.js'

export default class Share extends PikoCommand {
  static override args = { service: Args.string({ required: true }) }

  async run() {
    const { service } = (await this.parse(Share)).args
    const host = await this.host()
    await host.run(shareRun, { key: service, input: { service } })
    return { service }
  }
}
