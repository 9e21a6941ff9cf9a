import { modelFact } from '@piko/plugin-compose/contract'
import { tagsOf } from '@piko/plugin-compose/contract/engine'
import type { Environment, Host, StepContext } from '@piko/sdk'
import { deployTo } from '../deploys/deploy.js'
import { promoteErrors } from '../errors/promote.js'
import { parseReference } from '../registry/reference.js'
import type { Deploy } from '../store/deploys.js'
import type { Stage } from '../store/stages.js'
import { pushAs } from './push.js'

type Context = StepContext<unknown>

export interface Promoted {
  readonly tag: string
  /** What was pushed, by service. */
  readonly pushed: Readonly<Record<string, string>>
  readonly deploy: Deploy
}

/** Builds what the environment's branch builds, pushes it under its commit, and deploys it. */
export async function promote(
  host: Host,
  { environment, stage }: { readonly environment: Environment; readonly stage: Stage },
): Promise<Promoted> {
  const tag = await requireCommit(await host.open('compose', environment), stage)
  await host.wind(environment, { verb: 'sync', through: 'data', flags: { build: true } })
  const built = builtBy(await host.open('compose', environment), stage)
  const names = Object.fromEntries(built.map(one => [one.service, nameOf(one, { stage, tag })]))
  for (const { service, image } of built) {
    const context = await host.open('compose', environment)
    await pushAs(context, await host.openProject('deploy'), { image, name: names[service] ?? '' })
    context.say(`Pushed ${names[service]}`)
  }
  const { [stage.service]: _, ...images } = names
  const deploy = await deployTo(host, { stage, tag, kind: 'promote', images })
  return { tag, pushed: names, deploy }
}

/** The commit as a tag. The image must be what the commit says. */
async function requireCommit(context: Context, { name }: Stage): Promise<string> {
  const { environment, look } = context
  const options = { cwd: environment.path }
  const { stdout } = await look('git', ['status', '--porcelain'], options)
  const files = stdout.split('\n').filter(line => line !== '')
  if (files.length > 0)
    throw promoteErrors.DEPLOY_PROMOTE_NOT_COMMITTED({ environment: environment.name, stage: name, files })
  return (await look('git', ['rev-parse', '--short=12', 'HEAD'], options)).stdout.trim()
}

interface Built {
  readonly service: string
  /** The environment's own tag. */
  readonly image: string
}

/** The services that the branch builds and the stage runs. */
function builtBy(context: Context, stage: Stage): readonly Built[] {
  const model = context.fact(modelFact)
  const tags = model ? tagsOf(model, Object.keys(model.services)) : new Map<string, string>()
  const built = [...tags]
    .filter(
      ([service]) => stage.services === null || service === stage.service || stage.services.includes(service),
    )
    .filter(([service]) => model?.services[service]?.active)
    .map(([service, image]) => ({ service, image }))
  if (built.some(({ service }) => service === stage.service)) return built
  const { environment } = context
  throw promoteErrors.DEPLOY_PROMOTE_NOTHING_BUILT({
    environment: environment.name,
    stage: stage.name,
    service: stage.service,
  })
}

/** Other services are pushed beside the stage's image: `registry/shop/web-worker`. */
function nameOf({ service }: Built, { stage, tag }: { readonly stage: Stage; readonly tag: string }): string {
  const { image } = parseReference(stage.image)
  return service === stage.service ? `${image}:${tag}` : `${image}-${service}:${tag}`
}
