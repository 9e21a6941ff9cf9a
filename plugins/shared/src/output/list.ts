import { tableLines } from '@piko/sdk'
import type { Listed } from '../serve/list.js'
import { portText } from './ports.js'

/** The table of `piko shared`. */
export function listLines(services: readonly Listed[]): readonly string[] {
  if (services.length === 0) return ['Nothing is shared; to share a service, run `piko share SERVICE`']
  const rows = services.map(({ service, state, mode, ports, consumers }) => [
    service,
    mode === 'shared' ? state : `${state}, isolated from now on`,
    portText(ports),
    consumers.length === 0 ? '-' : consumers.join(', '),
  ])
  return tableLines(['Service', 'State', 'Ports', 'Used by'], rows)
}
