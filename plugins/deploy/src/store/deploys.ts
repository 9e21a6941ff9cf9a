import { deployErrors } from '../errors/deploys.js'
import { json, number, optional, text } from './columns.js'
import { defineTable, type Reading, type Row } from './table.js'

/** In the order of a deploy; the last three are final. */
export type DeployStatus =
  | 'pending'
  | 'pulling'
  | 'starting'
  | 'configuring_proxy'
  | 'health_checking'
  | 'success'
  | 'failed'
  | 'rolled_back'

export type DeployKind = 'deploy' | 'rollback' | 'promote' | 'watch'

/** What the health check got last. */
export type HealthResponse = {
  /** Null if there was no answer. */
  readonly status: number | null
  readonly lines: readonly string[]
}

const columns = {
  stage: text('stage'),
  /** Counted from 1 within the stage; part of its containers' names. */
  number: number('number'),
  kind: text<DeployKind>('kind'),
  tag: text('tag'),
  /** The deploy whose release a rollback restores. */
  restores: optional(text('restores')),
  /** By service, the image that it runs: `name:tag@sha256:…`. Before it is resolved, those that replace its own. */
  images: json<Readonly<Record<string, string>>>('images'),
  /** By service, the instance that served when it had succeeded. */
  serving: json<Readonly<Record<string, string>>>('serving'),
  status: text<DeployStatus>('status'),
  /** Where it failed. */
  step: optional(text('step')),
  error: optional(text('error')),
  response: optional(json<HealthResponse>('response')),
  /** The last lines of the containers that failed. */
  output: json<readonly string[]>('output'),
  /** The piko process that does it: pid and start time. */
  process: text('process'),
  finishedAt: optional(text('finished_at')),
}

export type Deploy = Row<typeof columns>

export const deploys = defineTable({
  name: 'deploy_deploys',
  columns,
  parent: 'stage',
  notFound: id => deployErrors.DEPLOY_UNKNOWN({ id }),
})

export function isFinal({ status }: Pick<Deploy, 'status'>): boolean {
  return status === 'success' || status === 'failed' || status === 'rolled_back'
}

/** A deploy by its id or a unique beginning of it. */
export function requireDeploy(context: Reading, id: string): Deploy {
  const found = deploys.all(context).filter(deploy => deploy.id.startsWith(id))
  if (found.length === 1 && found[0] && id !== '') return found[0]
  throw found.length > 1 && id !== ''
    ? deployErrors.DEPLOY_AMBIGUOUS({ id, ids: found.map(deploy => deploy.id) })
    : deployErrors.DEPLOY_UNKNOWN({ id })
}

/** The release that a deploy has brought: a rollback brings an older one. */
export function originOf(context: Reading, deploy: Deploy): Deploy {
  const restored = deploy.restores === null ? undefined : deploys.find(context, deploy.restores)
  return restored ? originOf(context, restored) : deploy
}

/** The deploy that serves the stage now. */
export function findCurrent(context: Reading, stage: string): Deploy | undefined {
  return deploys.of(context, stage).findLast(({ status }) => status === 'success')
}
