import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { poolRun } from '../plugins/pool.js'

export default class Pool extends PikoCommand {
  static override args = { service: Args.string({ required: true }) }

  async run() {
    const { service } = (await this.parse(Pool)).args
    const host = await this.host()
    await host.run(poolRun, { key: service, input: { service } })
    return { service }
  }
}
