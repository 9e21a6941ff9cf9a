import { relative } from 'node:path'
import type { Model } from '../contract.js'
import { portTwice } from '../errors.js'

/** Throws for what Compose reads without a word and then fails at `up`, naming files and services. */
export function validate(model: Model): void {
  const files = model.files.map(file => relative(model.directory, file))
  const seen: Claimed[] = []
  for (const [service, { active, ports, networkMode }] of Object.entries(model.services)) {
    if (!active || networkMode === 'host') continue
    for (const { published, protocol, hostIp, target } of ports) {
      if (published === undefined || published.includes('-') || published === '0') continue
      const claim = { port: published, protocol, hostIp, service, target }
      const twin = seen.find(other => collides(other, claim))
      if (twin)
        throw portTwice({ files, port: `${published}/${protocol}`, services: [twin.service, service] })
      seen.push(claim)
    }
  }
}

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
