import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { shipRun } from '../plugins/ship.js'

export default class Ship extends PikoCommand {
  static override args = { stage: Args.string({ required: true }), tag: Args.string({ required: true }) }

  async run() {
    const { stage, tag } = (await this.parse(Ship)).args
    const host = await this.host()
    const { reports } = await host.run(shipRun, { key: stage, input: { tag } })
    return { stage, tag, reports }
  }
}
