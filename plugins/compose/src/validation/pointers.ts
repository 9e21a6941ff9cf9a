import type { Warning } from '@piko/sdk'
import type { Model, Pointer } from '../contract.js'
import { envLine, wantedVariables } from '../pointers/advice.js'
import { ownValue } from '../pointers/find-pointers.js'
import { masked } from '../pointers/secret.js'
import type { Finding } from './finding.js'

/** Values that lead to containers of the main checkout. */
export const pointers: Finding = {
  stays:
    'a variable, build argument, command or label that names a host port of the project (`http://localhost:3000`), unless `env:` of `.piko.yml` has a value of that name',
  because:
    'only the project knows which of its texts are addresses; the warning prints the line that changes it',
  codes: ['COMPOSE_PORT_OF_MAIN'],
  find(model, { variables }) {
    const remaining = unreplaced(model, variables)
    const others = remaining.filter(({ pointer }) => !pointer.isOwn)
    const wanted = wantedVariables(others.map(({ pointer }) => pointer))
    return remaining.map(({ service, pointer }): Warning => {
      const ways = pointer.services.join(' and ')
      return {
        code: 'COMPOSE_PORT_OF_MAIN',
        message: `Service ${service}: ${titleOf(pointer)} is ${masked(pointer.value)}, the port of ${ways} in the main checkout`,
        hints: pointer.isOwn ? adviceForOwn(pointer) : [adviceFor(pointer, wanted)],
        service,
      }
    })
  },
}

/** Pointers of active services that no value of `env:` replaces. */
export function unreplaced(
  { services }: Pick<Model, 'services'>,
  variables: Readonly<Record<string, string>>,
): readonly { readonly service: string; readonly pointer: Pointer }[] {
  return Object.entries(services).flatMap(([service, { active, pointers: all = [] }]) =>
    active
      ? all
          .filter(pointer => ownValue(pointer, { variables, services }) === undefined)
          .map(pointer => ({ service, pointer }))
      : [],
  )
}

function titleOf({ in: kind, name }: Pointer): string {
  if (kind === 'command' || kind === 'entrypoint') return `the ${kind}`
  return kind === 'environment' ? name : `the ${kind} ${name}`
}

function adviceForOwn(pointer: Pointer): readonly string[] {
  const line = (value: string) => envLine(new Map([[pointer.name, value]]))
  if (!wantedVariables([pointer]).has(pointer.name))
    return [`If browsers use it, write \`${masked(pointer.written)}\` in the Compose file`]
  return [
    `If browsers use it, set \`${line(pointer.template)}\` in .piko.yml`,
    `If only the container uses it, set \`${line(pointer.value.replaceAll('$', '$$$$'))}\` in .piko.yml`,
  ]
}

function adviceFor({ name, written, template }: Pointer, wanted: ReadonlyMap<string, string>): string {
  if (wanted.get(name) === template)
    return `To use the port of each environment, set \`${envLine(wanted)}\` in .piko.yml`
  return `To use the port of each environment, write \`${masked(written)}\` in the Compose file`
}
