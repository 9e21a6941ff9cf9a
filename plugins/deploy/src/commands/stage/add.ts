import { Args, Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { stageErrors } from '../../errors/stages.js'
import { stageJson } from '../../output/stages.js'
import { imageFlag, serviceFlag, stageFlags } from '../../stages/flags.js'
import { storeDeclared } from '../../stages/declared.js'
import { newStage, requireStageName, valuesOf } from '../../stages/values.js'
import { findStage, stages } from '../../store/stages.js'

export default class StageAdd extends PikoCommand {
  static override summary = 'Add a stage that releases are deployed to'
  static override description =
    'A stage runs the services of the Compose files of the main checkout, one of them with the given image. With ' +
    '--port it gets a host name. Nothing is started until `piko deploy`.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> staging --service web --image r.org/web --port 80',
    '<%= config.bin %> <%= command.id %> demo --service web --image r.org/web --tag 1.x',
  ]
  static override args = { name: Args.string({ required: true, description: 'Its name, such as staging' }) }
  static override flags = {
    service: Flags.string({ ...serviceFlag, required: true }),
    image: Flags.string({ ...imageFlag, required: true }),
    ...stageFlags,
  }

  async run() {
    const { args, flags } = await this.parse(StageAdd)
    const name = requireStageName(args.name)
    const { service, image, ...values } = valuesOf(flags)
    const host = await this.host()
    await storeDeclared(host)
    const added = await host.changeProject('deploy', async context => {
      if (findStage(context, name)) throw stageErrors.DEPLOY_STAGE_EXISTS({ name })
      return stages.create(context, {
        ...newStage,
        ...values,
        name,
        service: service ?? '',
        image: image ?? '',
      })
    })
    this.log(`✓ Added the stage ${name}; to deploy to it, run \`piko deploy ${name}\``)
    return stageJson(await host.openProject('deploy'), added)
  }
}
