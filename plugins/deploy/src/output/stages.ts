import { tableLines, type Context } from '@piko/sdk'
import { urlOf } from '../stages/url.js'
import { findCurrent, originOf } from '../store/deploys.js'
import { secrets } from '../store/secrets.js'
import type { Stage } from '../store/stages.js'

type Looking = Pick<Context<unknown>, 'read' | 'fact'>

export function stageJson(context: Looking, stage: Stage) {
  const current = findCurrent(context, stage.id)
  return {
    ...stage,
    secrets: secrets.of(context, stage.id).map(({ name }) => name),
    url: urlOf(context, stage),
    serving: current ? { tag: current.tag, deploy: originOf(context, current).id } : null,
  }
}

export function stageLines(context: Looking, all: readonly Stage[]): readonly string[] {
  const rows = all.map(stage => {
    const { serving, url } = stageJson(context, stage)
    return [stage.name, stage.service, stage.image, serving?.tag ?? 'nothing yet', url ?? '']
  })
  return tableLines(['Stage', 'Service', 'Image', 'Serves', 'Url'], rows)
}

export function stageDetails(context: Looking, stage: Stage): readonly string[] {
  const { url, serving, secrets: names } = stageJson(context, stage)
  const rows: readonly (readonly [string, string | null])[] = [
    ['stage', stage.name],
    ['service', stage.service],
    ['image', stage.image],
    ['tag', stage.tag],
    ['services', stage.services?.join(', ') ?? 'all'],
    ['port', stage.port === null ? null : String(stage.port)],
    ['host', stage.host],
    ['health', stage.health],
    ['url', url],
    ['engine', stage.engine],
    ['release', stage.releaseCommand],
    ['variables', Object.keys(stage.environment).join(', ')],
    ['volumes', stage.volumes.join(', ')],
    ['secrets', names.join(', ')],
    ['auto', stage.auto ? 'yes' : 'no'],
    ['serves', serving?.tag ?? 'nothing yet'],
  ]
  return rows.flatMap(([name, value]) =>
    value === null || value === '' ? [] : [`${name.padEnd(11)}${value}`],
  )
}
