import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { poolRun } from '../plugins/pool.js'

export default class Unpool extends PikoCommand {
  static override args = { service: Args.string({ required: true }) }

  async run() {
    const { service } = (await this.parse(Unpool)).args
    const host = await this.host()
    await host.takeBack(poolRun, service)
    return { service }
  }
}
