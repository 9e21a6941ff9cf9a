import type { RunStepContext } from '@piko/sdk'
import { type DeployInput, type Place, placeFact, stageRun } from '../contract.js'
import { type Owner, ownerOf } from '../model/labels.js'
import { readSecrets } from '../secrets/keep.js'
import { redactor } from '../secrets/redact.js'
import { type Deploy, deploys, originOf } from '../store/deploys.js'
import { type Instance, instances } from '../store/instances.js'
import { type Stage, stages } from '../store/stages.js'
import { dockerTarget } from '../target/docker.js'
import type { Target } from '../target/target.js'

export type Context = RunStepContext<unknown, DeployInput>

/** What a step of a deploy is about. */
export interface Situation {
  readonly deploy: Deploy
  readonly stage: Stage
  readonly place: Place
  readonly owner: Owner
  readonly target: Target
  readonly secrets: Readonly<Record<string, string>>
  readonly redact: (text: string) => string
}

export function situationOf(context: Context): Situation {
  const deploy = deploys.require(context, context.input.deploy)
  const stage = stages.require(context, deploy.stage)
  const place = context.fact(placeFact, { run: stageRun, key: stage.name })
  if (!place) throw new Error(`the place of ${stage.name} has not been published`)
  const secrets = readSecrets(context, stage)
  return {
    deploy,
    stage,
    place,
    owner: ownerOf(context.project, stage.name),
    target: dockerTarget(context, place),
    secrets,
    redact: redactor(Object.values(secrets)),
  }
}

export function currentInstances(context: Pick<Context, 'read'>, stage: Stage): readonly Instance[] {
  return instances.of(context, stage.id).filter(({ isCurrent }) => isCurrent)
}

/** The instances that a rollback brings back. Undefined for another deploy, or if one of them has been removed. */
export function findRestored(
  context: Pick<Context, 'read'>,
  deploy: Deploy,
): readonly Instance[] | undefined {
  if (deploy.restores === null) return undefined
  const ids = Object.values(originOf(context, deploy).serving)
  const found = ids.flatMap(id => instances.find(context, id) ?? [])
  return found.length === ids.length && found.length > 0 ? found : undefined
}
