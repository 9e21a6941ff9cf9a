import { tableLines, variableWord } from '@piko/sdk'
import { isAbsolute, relative } from 'node:path'
import type { EnvironmentAnswer } from './environment.js'

/** The end of `create`'s answer: where the environment is and what to do next. */
export function summaryLines(
  { name, path, ports, variables }: EnvironmentAnswer,
  { folder, started }: { readonly folder: string; readonly started: boolean },
): readonly string[] {
  const services = tableLines(['', ''], serviceRows(ports, variables)).slice(1)
  const rows = services.map((line, index) => `${index === 0 ? 'Services' : '        '}  ${line}`)
  const hints = [
    `To go there, run \`cd "$(piko path ${name})"\``,
    ...(started && services.length > 0 ? [`To follow its logs, run \`piko logs -f ${name}\``] : []),
    started
      ? `To see its state, run \`piko status ${name}\``
      : `To see what is prepared, run \`piko status ${name}\``,
  ]
  return [
    '',
    ...[...rows, `Worktree  ${nearPath(path, folder)}`].map(line => `  ${line}`),
    '',
    ...hints.map(hint => `↳ ${hint}`),
  ]
}

/** Each service with its URL if it has one, else with the addresses of its ports. */
function serviceRows(
  ports: EnvironmentAnswer['ports'],
  variables: EnvironmentAnswer['variables'],
): readonly (readonly string[])[] {
  const services = [...new Set(Object.keys(ports).map(key => key.split(':', 1)[0] ?? key))]
  return services.map(service => {
    const url = variables[`PIKO_${variableWord(service)}_URL`]
    const own = Object.entries(ports).filter(([key]) => key.startsWith(`${service}:`))
    const addresses = own.map(([, port]) => `localhost:${port}`)
    return [service, url?.startsWith('http') ? url : addresses.join(', ')]
  })
}

function nearPath(path: string, folder: string): string {
  const near = relative(folder, path)
  return near === '' || near.startsWith('..') || isAbsolute(near) ? path : near
}
