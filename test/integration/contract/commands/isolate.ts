import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { shareRun } from '../plugins/shared.js'

export default class Isolate extends PikoCommand {
  static override args = { service: Args.string({ required: true }) }

  async run() {
    const { service } = (await this.parse(Isolate)).args
    const host = await this.host()
    await host.takeBack(shareRun, service)
    return { service }
  }
}
