import { Args, Flags } from '@oclif/core'
import { onEngine } from '@piko/plugin-compose/contract/engine'
import { PikoCommand } from '@piko/sdk/command'
import { placeFact, stageRun } from '../../contract.js'
import { recover } from '../../deploys/recover.js'
import { stageErrors } from '../../errors/stages.js'
import { ownerOf } from '../../model/labels.js'
import { fetchVolumes } from '../../model/owned.js'
import { confirm } from '../../output/confirm.js'
import { readStage } from '../../stages/read.js'
import { instances } from '../../store/instances.js'
import { stages } from '../../store/stages.js'

export default class StageRemove extends PikoCommand {
  static override summary = 'Remove a stage with its containers and data'
  static override description =
    'Removes its containers, its network, its volumes, its host name and its history. Asks before data is removed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> demo',
    '<%= config.bin %> <%= command.id %> demo --yes',
  ]
  static override args = { name: Args.string({ required: true, description: 'The stage' }) }
  static override flags = { yes: Flags.boolean({ char: 'y', summary: 'Do not ask for confirmation' }) }

  async run() {
    const { args, flags } = await this.parse(StageRemove)
    const { name } = args
    const host = await this.host()
    await recover(host)
    const { context, stage } = await readStage(host, name)
    const place = context.fact(placeFact, { run: stageRun, key: name })
    const owner = ownerOf(context.project, name)
    const volumes = place ? await fetchVolumes(onEngine(context, place.engine), owner) : []
    const containers = instances.of(context, stage.id).filter(({ status }) => status !== 'failed')
    const losses = [
      ...containers.map(({ container }) => `container ${container}`),
      ...volumes.map(volume => `volume ${volume}`),
    ]
    if (losses.length > 0 && !flags.yes && !(await confirm(`Remove ${name} with ${losses.join(', ')}?`)))
      throw stageErrors.DEPLOY_STAGE_NOT_CONFIRMED({ name, losses })
    if (place) await host.takeBack(stageRun, name)
    await host.changeProject('deploy', async changing => stages.remove(changing, stage.id))
    this.log(`✓ Removed the stage ${name}`)
    return { removed: name, volumes }
  }
}
