import type { Difference } from '../sync/compare.js'
import type { Pending } from '../sync/pending.js'
import { changeLine } from './changes.js'

/** The output of `piko sync`. */
export function differenceLines(facts: {
  readonly difference: Difference
  readonly pending: Pending | undefined
  readonly environment: string
}): readonly string[] {
  const { difference, pending, environment } = facts
  const { added, removed, services, files } = difference
  const lines = [
    ...services.added.map(name => `+ service ${name}`),
    ...services.removed.map(name => `- service ${name}`),
    ...removed.map(change => `- ${prefix(change.service)}${changeLine(change)}`),
    ...added.map(change => `+ ${prefix(change.service)}${changeLine(change)}`),
    ...files.map(({ path, change, plugin }) => `${marks[change]} file ${path} (${plugin})`),
  ]
  const head = lines.length === 0 ? 'Nothing has changed' : 'Changed:'
  return [head, ...lines, ...pendingLines(pending, environment)]
}

const marks = { created: '+', changed: '~', removed: '-' } as const

function pendingLines(pending: Pending | undefined, environment: string): readonly string[] {
  if (!pending) return []
  const { start, recreate, remove } = pending
  const acts = [
    ...(start.length === 0 ? [] : [`start ${start.join(', ')}`]),
    ...(recreate.length === 0 ? [] : [`recreate ${recreate.join(', ')}`]),
    ...(remove.length === 0 ? [] : [`remove ${remove.join(', ')}`]),
  ]
  if (acts.length === 0) return ['All running services are up to date']
  return [`To ${acts.join(', ')}, run \`piko up ${environment}\``]
}

function prefix(service: string | undefined): string {
  return service === undefined ? '' : `service ${service}: `
}
