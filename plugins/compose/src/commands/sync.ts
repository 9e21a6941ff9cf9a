import type { Environment, StepContext } from '@piko/sdk'
import { PikoCommand } from '@piko/sdk/command'
import { envFlag } from '../arguments/env-flag.js'
import { changesFact, modelFact, scaledFact } from '../contract.js'
import { engineAnswers } from '../engine/reach.js'
import { servicesHere, wantedServices } from '../engine/services.js'
import { ownerOf } from '../labels.js'
import { requireModel } from '../model/require.js'
import { differenceLines } from '../output/difference.js'
import { warningLines } from '../output/changes.js'
import { compareRenderings, type Rendering } from '../sync/compare.js'
import { fetchPending } from '../sync/pending.js'

export default class Sync extends PikoCommand {
  static override summary = 'Render an environment again after its Compose file or .piko.yml has changed'
  static override description =
    'It says what has changed and what `piko up` would do about it. Nothing is started or stopped, and no engine is ' +
    'needed. Without NAME, the environment of the current folder.'
  static override examples = [
    {
      description: 'Take up what has changed, then start it',
      command: '<%= config.bin %> <%= command.id %> feature-auth && <%= config.bin %> up feature-auth',
    },
    {
      description: 'From inside the worktree, for a program',
      command: '<%= config.bin %> <%= command.id %> --json',
    },
  ]
  static override usage = 'sync [NAME]'
  static override strict = false
  static override flags = { env: envFlag }

  async run() {
    const { argv, flags } = await this.parse(Sync)
    const host = await this.host()
    const { environment } = await host.target(argv.map(String), flags.env)
    const context: StepContext<unknown> = await host.open('compose', environment)
    const before = renderingOf(context)
    await host.wind(environment, { verb: 'sync', through: 'prepare' })
    const difference = compareRenderings(before, renderingOf(context))
    const isAnswered = await engineAnswers(context)
    const pending = isAnswered ? await fetchPending(context, situationOf(context)) : undefined
    const { warnings } = context
    for (const line of differenceLines({ difference, pending, environment: environment.name })) this.log(line)
    if (!isAnswered) this.log('! Docker does not answer, so what runs could not be compared')
    for (const line of warningLines(warnings)) this.log(line)
    return { environment: environment.name, ...difference, pending: pending ?? null, warnings }
  }
}

function situationOf(context: StepContext<unknown>) {
  const model = requireModel(context)
  const services = servicesHere(context, wantedServices(model, []))
  return { model, owner: ownerOf(context), services }
}

function renderingOf(context: StepContext<unknown>): Rendering {
  const { ports }: Environment = context.environment
  const changes = [...(context.fact(changesFact) ?? []), ...(context.fact(scaledFact) ?? [])]
  const services = Object.keys(context.fact(modelFact)?.services ?? {})
  return { changes, ports, services }
}
