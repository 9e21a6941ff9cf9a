import { detailsOf } from '@piko/sdk'
import type { Model } from '../contract.js'
import { registryErrors } from '../errors/registry.js'
import { registryOf } from './images.js'

/** Engines and registries report reasons only in prose. The first match counts. */
const reasons = [
  {
    pattern:
      /connection refused|no such host|i\/o timeout|deadline exceeded|handshake|unreachable|no route to host|server gave HTTP response/i,
    code: 'COMPOSE_REGISTRY_DOWN',
  },
  { pattern: /may require 'docker login'|pull access denied/, code: 'COMPOSE_IMAGE_DENIED' },
  {
    pattern:
      /unauthorized|no basic auth credentials|authentication required|access to the resource is denied|40[13] /i,
    code: 'COMPOSE_REGISTRY_REFUSED',
  },
  {
    pattern: /manifest unknown|name unknown|not found|repository name not known/i,
    code: 'COMPOSE_IMAGE_UNKNOWN',
  },
] as const

export interface Attempt {
  readonly verb: 'pull' | 'push' | 'up'
  readonly environment: string
  readonly cause: unknown
}

/** The error for one image; undefined if its registry is not the cause. */
export function explainImage(image: string, attempt: Attempt & { readonly service: string }) {
  const lines = detailsOf(attempt.cause)?.details ?? []
  return explainText(lines.join('\n'), { ...attempt, image, lines })
}

/** The same for a Compose command, which prints the service before the reason: ` web Error …`. */
export function explainCompose(model: Model, attempt: Attempt) {
  const lines = detailsOf(attempt.cause)?.details ?? []
  for (const line of lines) {
    const [, service, text] = /^\s*(\S+) Error (.*)$/.exec(line) ?? []
    const image = service === undefined ? undefined : model.services[service]?.image
    if (service === undefined || image === undefined) continue
    const found = explainText(text ?? '', { ...attempt, image, service, lines: [text ?? ''] })
    if (found) return found
  }
  return undefined
}

interface Failed extends Attempt {
  readonly service: string
  readonly image: string
  readonly lines: readonly string[]
}

function explainText(text: string, failed: Failed) {
  const reason = reasons.find(one => one.pattern.test(text))
  const hasLogin = !failed.lines.some(line => line.includes('no basic auth'))
  return reason && registryErrors[reason.code]({ ...failed, registry: registryOf(failed.image), hasLogin })
}
