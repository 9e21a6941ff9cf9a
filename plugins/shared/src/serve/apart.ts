import { type Apart, settingsFact } from '@piko/plugin-compose/contract'
import type { Changes, Context } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { sharedApart } from '../contract.js'
import { userFiles } from '../databases/user-file.js'

/** Makes Compose run exactly these services. An empty list stops all and keeps their names and ports. */
export function runApart(
  context: Pick<Changes, 'ensure'> & Pick<Context<SharedConfig>, 'fact' | 'config'>,
  services: readonly string[],
): Promise<void> {
  const override = userFiles(context, services)
  const known = Object.keys(context.fact(settingsFact, sharedApart) ?? {})
  return ensureApart(
    context,
    services.length > 0
      ? { services, wanted: 'running', ...(override ? { override } : {}) }
      : { services: known, wanted: 'stopped' },
  )
}

/** Makes Compose read its files, so that names, ports and settings of these services are known. */
export function resolveApart(context: Pick<Changes, 'ensure'>, services: readonly string[]): Promise<void> {
  return ensureApart(context, { services, wanted: 'known' })
}

function ensureApart(context: Pick<Changes, 'ensure'>, input: Omit<Apart, 'name'>): Promise<void> {
  const { run, key } = sharedApart
  return context.ensure(run, { key, input: { name: key, ...input } })
}
