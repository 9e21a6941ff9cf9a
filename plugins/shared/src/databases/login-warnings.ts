import { modelFact, type Reading, settingsFact } from '@piko/plugin-compose/contract'
import type { Context, Warning } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { sharedApart } from '../contract.js'
import { sharedWarnings } from '../errors/shared.js'
import { variablesOf } from './consumers.js'
import { withoutPassword } from './data-common.js'
import { kindOfImage } from './kind.js'
import { userOf } from './psql.js'
import { readDatabases } from './records.js'
import { prefixOf } from './variables.js'

type Known = Pick<Context<SharedConfig>, 'config' | 'fact' | 'read'>

/** Warns where environments are not kept apart by a login of their own, and of services that the server will refuse. */
export function warnOfLogins(
  context: Known,
  reading: Reading,
  shared: readonly string[],
): readonly Warning[] {
  return shared.flatMap(server => {
    const spec = context.config.services[server]
    if (spec?.per_environment !== 'database') return []
    if (spec.login === 'server') return [sharedWarnings.SHARED_LOGIN_SERVER({ server })]
    const all = readDatabases(context).filter(({ service }) => service === server)
    const environments = all.flatMap(({ environment, login }) => (login ? [] : [environment]))
    if (environments.length > 0) return [sharedWarnings.SHARED_LOGIN_KEPT({ server, environments })]
    const image = context.fact(modelFact, sharedApart)?.services[server]?.image
    if ((spec.kind ?? kindOfImage(image)) !== 'postgres') return []
    const user = userOf(context.fact(settingsFact, sharedApart)?.[server] ?? {})
    const refused = findRefused(reading, { server, shared, user })
    return refused.length === 0 ? [] : [sharedWarnings.SHARED_LOGIN_REFUSED({ server, user, refused })]
  })
}

interface Question {
  readonly server: string
  readonly shared: readonly string[]
  readonly user: string
}

/** The variables of services with the name of the server's superuser, which environments cannot use. */
function findRefused({ model, texts }: Reading, { server, shared, user }: Question) {
  return Object.entries(model.services).flatMap(([service, { active, dependsOn }]) => {
    if (!active || shared.includes(service)) return []
    const all = variablesOf(texts[service] ?? '{}')
    const isClient = server in dependsOn || all.some(({ value }) => value === server)
    return all.flatMap(({ name, value }) => {
      if (isUrlOf(value, { server, user })) return [{ service, line: urlLine(name, value, server) }]
      const isUser = isClient && value === user && /user/i.test(name)
      return isUser ? [{ service, line: `${name}: \${${prefixOf(server)}_USER:-${user}}` }] : []
    })
  })
}

function isUrlOf(value: string, { server, user }: Pick<Question, 'server' | 'user'>): boolean {
  if (value.includes(`${prefixOf(server)}_`)) return false // `${PIKO_DB_URL:-…}`, before the environment exists
  const [, found, host] = /\/\/([^/@:\s]+)(?::[^@\s]*)?@([^:/?\s]+)/.exec(value) ?? []
  return found === user && host === server
}

function urlLine(name: string, value: string, server: string): string {
  return `${name}: \${${prefixOf(server)}_INTERNAL_URL:-${withoutPassword(value)}}`
}
