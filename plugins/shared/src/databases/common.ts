import { modelFact, type Reading } from '@piko/plugin-compose/contract'
import type { Context, EnvironmentContext, Warning } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { sharedApart, sharedFact } from '../contract.js'
import { commonDataWarning } from './data-common.js'
import { findCommonUses, refersToDatabase } from './consumers.js'
import { kindOfImage } from './kind.js'
import { warnOfLogins } from './login-warnings.js'
import { readDatabases } from './records.js'
import { databaseVariables, prefixOf } from './variables.js'

/** Warns about services whose data in a shared Redis or Postgres is common to all environments. */
export function warnOfCommon(
  context: EnvironmentContext<SharedConfig>,
  { model, texts }: Reading,
): readonly Warning[] {
  const shared = context.fact(sharedFact) ?? []
  const variables = databaseVariables(context)
  const own = readDatabases(context, context.environment.name)
  const isOwn = (server: string) => (text: string) =>
    ['URL', 'INTERNAL_URL'].some(end => isIn(text, variables[`${prefixOf(server)}_${end}`])) ||
    own.some(({ service, name }) => service === server && refersToDatabase(text, { server, name }))
  const reading = { model, texts }
  return [...warnOfLogins(context, reading, shared), ...findCommon(context, { reading, shared, isOwn })]
}

/** The same before the environment exists, from files whose variables have no values yet. */
export function warnOfCommonFiles(
  context: Context<SharedConfig>,
  reading: Reading,
  shared: readonly string[],
): readonly Warning[] {
  const isOwn = (server: string) => {
    const own = new RegExp(`${prefixOf(server)}_(URL|INTERNAL_URL|DATABASE|USER)`)
    return (text: string) => isSeparate(context, server) && own.test(text)
  }
  return [...warnOfLogins(context, reading, shared), ...findCommon(context, { reading, shared, isOwn })]
}

function isIn(text: string, url: string | undefined): boolean {
  return url !== undefined && text.includes(url)
}

interface Finding {
  readonly reading: Reading
  readonly shared: readonly string[]
  isOwn(server: string): (text: string) => boolean
}

function findCommon(
  context: Pick<Context<SharedConfig>, 'config' | 'fact'>,
  { reading, shared, isOwn }: Finding,
): readonly Warning[] {
  return shared.flatMap(server => {
    const image = context.fact(modelFact, sharedApart)?.services[server]?.image
    const kind = context.config.services[server]?.kind ?? kindOfImage(image)
    if (kind === undefined) return []
    const uses = findCommonUses({ ...reading, server, shared, isOwn: isOwn(server) })
    if (uses.length === 0) return []
    return [commonDataWarning({ server, kind, uses, isSeparate: isSeparate(context, server) })]
  })
}

function isSeparate({ config }: Pick<Context<SharedConfig>, 'config'>, server: string): boolean {
  return config.services[server]?.per_environment === 'database'
}
