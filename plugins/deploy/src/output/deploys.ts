import { type Context, tableLines } from '@piko/sdk'
import { urlOf } from '../stages/url.js'
import type { Deploy } from '../store/deploys.js'
import type { Instance } from '../store/instances.js'
import { stages } from '../store/stages.js'

type Looking = Pick<Context<unknown>, 'read' | 'fact'>

export function deployJson(context: Looking, { process: _, ...deploy }: Deploy) {
  const stage = stages.require(context, deploy.stage)
  return { ...deploy, stage: stage.name, url: urlOf(context, stage) }
}

export function deployLines(context: Looking, all: readonly Deploy[]): readonly string[] {
  const rows = all.map(one => {
    const { id, tag, kind, status, error, createdAt } = one
    const { name } = stages.require(context, one.stage)
    return [id.slice(0, 8), name, tag, kind, status, timeText(createdAt), error ?? '']
  })
  return tableLines(['Id', 'Stage', 'Tag', 'Kind', 'Status', 'Began', 'Error'], rows)
}

export function instanceJson(context: Looking, instance: Instance) {
  return { ...instance, stage: stages.require(context, instance.stage).name }
}

export function instanceLines(context: Looking, all: readonly Instance[]): readonly string[] {
  const rows = all.map(one => {
    const { service, status, isCurrent, container, image } = one
    const { name } = stages.require(context, one.stage)
    return [
      name,
      service,
      status,
      isCurrent ? 'yes' : 'no',
      container,
      image.replace(/([@#]sha256:.{12}).*/, '$1'),
    ]
  })
  return tableLines(['Stage', 'Service', 'Status', 'Serves', 'Container', 'Image'], rows)
}

/** `2026-01-02 03:04:05`, in UTC. */
export function timeText(time: string): string {
  return time.slice(0, 19).replace('T', ' ')
}
