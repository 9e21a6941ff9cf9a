import { relative } from 'node:path'
import type { Model } from '../contract.js'
import { networkSingle, portTwice } from '../errors.js'
import { isFixable } from '../model/ports.js'

/** Throws for what Compose reads without a word and then fails at `up`, naming files and services. */
export function validate(model: Model): void {
  const files = model.files.map(file => relative(model.directory, file))
  for (const [network, { driver = '', external }] of Object.entries(model.networks)) {
    if (!external && single.has(driver)) throw networkSingle({ files, network, driver })
  }
  const seen: Claimed[] = []
  for (const [service, spec] of Object.entries(model.services)) {
    if (!spec.active || !isFixable({ ...spec, replicas: 1 })) continue
    for (const { published, protocol, hostIp, target } of spec.ports) {
      if (published === undefined || published.includes('-') || published === '0') continue
      const claim = { port: published, protocol, hostIp, service, target }
      const twin = seen.find(other => collides(other, claim))
      if (twin)
        throw portTwice({ files, port: `${published}/${protocol}`, services: [twin.service, service] })
      seen.push(claim)
    }
  }
}

/** Drivers of which an engine has one network and makes no second. */
const single: ReadonlySet<string> = new Set(['host', 'none', 'null'])

interface Claimed {
  readonly port: string
  readonly protocol: string
  readonly hostIp: string | undefined
  readonly service: string
  readonly target: number
}

/** The same line twice is one mapping to Docker; two addresses of the host do not collide, unless one is every address. */
function collides(one: Claimed, other: Claimed): boolean {
  if (one.port !== other.port || one.protocol !== other.protocol) return false
  if (one.service === other.service && one.target === other.target && one.hostIp === other.hostIp)
    return false
  return isEvery(one.hostIp) || isEvery(other.hostIp) || one.hostIp === other.hostIp
}

function isEvery(address: string | undefined): boolean {
  return address === undefined || address === '0.0.0.0' || address === '::'
}
