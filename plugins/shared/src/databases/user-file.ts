import { modelFact, type Override, programsFact, replace } from '@piko/plugin-compose/contract'
import type { Context } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { sharedApart } from '../contract.js'
import { kindOfImage } from './kind.js'

/** Where a shared Redis keeps its users, which it would otherwise forget when it is restarted without piko. */
export const userFile = '/etc/piko-users.acl'

const source = 'piko-users'

/** Gives each of these services that is a Redis with users of environments its file of users, empty at first. */
export function userFiles(
  context: Pick<Context<SharedConfig>, 'config' | 'fact'>,
  services: readonly string[],
): Override | undefined {
  const commands = services.flatMap(service => {
    const command = commandOf(context, service)
    return command === undefined ? [] : [[service, command] as const]
  })
  if (commands.length === 0) return undefined
  const configs = [{ source, target: userFile }]
  return {
    services: Object.fromEntries(
      commands.map(([service, command]) => [service, { command: replace([...command]), configs }]),
    ),
    configs: { [source]: { content: '\n' } },
  }
}

/** The command with the file. Undefined for a service that is none, or whose start is not understood. */
function commandOf(
  { config, fact }: Pick<Context<SharedConfig>, 'config' | 'fact'>,
  service: string,
): readonly string[] | undefined {
  const { per_environment: separate, login, kind } = config.services[service] ?? {}
  const image = fact(modelFact, sharedApart)?.services[service]?.image ?? ''
  const program = fact(programsFact, sharedApart)?.[service]
  const [, name] = /(?:^|\/)(redis|valkey)(?::|@|$)/.exec(image) ?? []
  if (separate !== 'database' || login !== 'own' || (kind ?? kindOfImage(image)) !== 'redis') return undefined
  if (!program || program.entrypoint || program.isReadOnly || name === undefined) return undefined
  const { command = [`${name}-server`] } = program
  if (command[0] !== `${name}-server` || command.includes('--aclfile')) return undefined
  return [...command, '--aclfile', userFile]
}
