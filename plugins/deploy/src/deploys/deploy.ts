import type { Host } from '@piko/sdk'
import type { DeployConfig } from '../config.js'
import { deployRun, retireRun } from '../contract.js'
import { secretErrors } from '../errors/secrets.js'
import { type Deploy, type DeployKind, deploys, isFinal } from '../store/deploys.js'
import { secrets } from '../store/secrets.js'
import { stages, type Stage } from '../store/stages.js'
import { readInput } from './input.js'
import { notify } from '../notify/notify.js'
import { isAlive, thisProcess } from './process.js'

export interface Wanted {
  readonly stage: Stage
  readonly tag: string
  readonly kind: DeployKind
  /** For a rollback, the deploy whose release comes back. */
  readonly restores?: Deploy
  /** Images of other services that were built with it. */
  readonly images?: Readonly<Record<string, string>>
}

/** Deploys, and then stops what served before. Returns the record; throws what went wrong once the record has ended. */
export async function deployTo(host: Host, wanted: Wanted): Promise<Deploy> {
  const { stage } = wanted
  await requireSecrets(host, stage)
  const input = await readInput(host, stage)
  const { id } = await begin(host, wanted)
  try {
    await host.run(deployRun, { key: stage.name, input: { ...input, deploy: id } })
  } catch (error) {
    await endUnbegun(host, id, error)
    await notify(host, { stage, id })
    throw error
  }
  await notify(host, { stage, id })
  await host.run(retireRun, { key: stage.name, input: { stage: stage.name } })
  return deploys.require(await host.openProject('deploy'), id)
}

/** `.piko.yml` may name secrets that each member of the team sets. */
async function requireSecrets(host: Host, stage: Stage): Promise<void> {
  const context = await host.openProject<DeployConfig>('deploy')
  const stored = secrets.of(context, stage.id).map(({ name }) => name)
  const names = (context.config[stage.name]?.secrets ?? []).filter(name => !stored.includes(name))
  if (names.length > 0) throw secretErrors.DEPLOY_SECRETS_MISSING({ stage: stage.name, names })
}

function begin(host: Host, { stage, tag, kind, restores, images = {} }: Wanted): Promise<Deploy> {
  return host.changeProject('deploy', async context => {
    const all = deploys.of(context, stage.id)
    const ahead = all.find(one => !isFinal(one) && isAlive(one.process))
    if (ahead) context.say(`Waiting for the deploy of ${ahead.tag} to ${stage.name} (${ahead.id})`)
    return deploys.create(context, {
      stage: stages.require(context, stage.id).id,
      number: Math.max(0, ...all.map(({ number }) => number)) + 1,
      kind,
      tag,
      restores: restores?.id ?? null,
      images,
      serving: {},
      status: 'pending',
      step: null,
      error: null,
      response: null,
      output: [],
      process: thisProcess(),
      finishedAt: null,
    })
  })
}

/** A deploy that was interrupted while it waited has no step that could end its record. */
async function endUnbegun(host: Host, id: string, error: unknown): Promise<void> {
  await host.changeProject('deploy', async context => {
    const deploy = deploys.find(context, id)
    if (!deploy || isFinal(deploy)) return
    const message = error instanceof Error ? error.message : String(error)
    const finishedAt = new Date().toISOString()
    deploys.update(context, id, { status: 'failed', finishedAt, error: deploy.error ?? message })
  })
}
