import { portErrors } from '../errors/ports.js'
import type { Ports } from './assign.js'

/** Reads the values of `--port`: `db:5432=10199`, `dns:53/udp=10153`. Throws `PORT_MALFORMED`. */
export function parsePins(values: readonly string[]): Ports {
  const pins: Record<string, number> = {}
  for (const text of values) {
    const match = /^([^:=\s]+):(\d+)(\/tcp|\/udp|\/sctp)?=(\d+)$/.exec(text)
    if (!match) throw portErrors.PORT_MALFORMED({ text })
    const [, service = '', port = '', protocol = '/tcp', host = ''] = match
    const key = `${service}:${Number(port)}${protocol}`
    if (key in pins || !isPort(Number(port)) || !isPort(Number(host)))
      throw portErrors.PORT_MALFORMED({ text })
    pins[key] = Number(host)
  }
  return pins
}

function isPort(number: number): boolean {
  return number >= 1 && number <= 65535
}
