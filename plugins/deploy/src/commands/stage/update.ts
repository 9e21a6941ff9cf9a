import { Args, Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { placeFact, stageRun } from '../../contract.js'
import { stageErrors } from '../../errors/stages.js'
import { stageJson } from '../../output/stages.js'
import { imageFlag, serviceFlag, stageFlags } from '../../stages/flags.js'
import { readStage } from '../../stages/read.js'
import { valuesOf } from '../../stages/values.js'
import { requireStage, stages } from '../../store/stages.js'

export default class StageUpdate extends PikoCommand {
  static override summary = 'Change a stage'
  static override description =
    'Changes what the flags name, from the next deploy on. --env and --volume replace all of them.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> staging --health /healthz',
    '<%= config.bin %> <%= command.id %> staging --tag "2.x" --auto',
  ]
  static override args = { name: Args.string({ required: true, description: 'The stage' }) }
  static override flags = {
    service: Flags.string(serviceFlag),
    image: Flags.string(imageFlag),
    ...stageFlags,
    'no-port': Flags.boolean({ summary: 'Run it without a host name', exclusive: ['port'] }),
    'no-health': Flags.boolean({ summary: 'Check no path', exclusive: ['health'] }),
    'no-release': Flags.boolean({ summary: 'Run no release command', exclusive: ['release'] }),
  }

  async run() {
    const { args, flags } = await this.parse(StageUpdate)
    const { name } = args
    const changes = {
      ...valuesOf(flags),
      ...(flags['no-port'] ? { port: null } : {}),
      ...(flags['no-health'] ? { health: null } : {}),
      ...(flags['no-release'] ? { releaseCommand: null } : {}),
    }
    const host = await this.host()
    await readStage(host, name)
    await host.changeProject('deploy', async context => {
      const { id, engine } = requireStage(context, name)
      if (Object.keys(changes).length === 0) throw stageErrors.DEPLOY_STAGE_NOTHING_TO_UPDATE({ name })
      const isPlaced = context.fact(placeFact, { run: stageRun, key: name }) !== undefined
      if (isPlaced && flags.engine !== undefined && flags.engine !== engine)
        throw stageErrors.DEPLOY_STAGE_ENGINE_OTHER({
          stage: name,
          engine: engine ?? 'the current Docker context',
        })
      stages.update(context, id, changes)
    })
    const { context, stage } = await readStage(host, name)
    this.log(`✓ Updated the stage ${name}; to apply it, run \`piko deploy ${name}\``)
    return stageJson(context, stage)
  }
}
