import { tableLines, type Warning, warningLines } from '@piko/sdk'
import type { Change } from '../contract.js'

/** What `create --dry-run` prints about the Compose project: ports, other changes, warnings. */
export function planLines(changes: readonly Change[], warnings: readonly Warning[]): readonly string[] {
  const ports = changes.filter(isPort)
  const others = changes.filter(change => !isPort(change))
  return [
    ...section('Ports', portLines(ports)),
    ...section('Changes to the Compose project', changedLines(others)),
    ...section('Warnings', warningLines(warnings)),
  ]
}

/** Gives only names; `piko explain` gives the reasons once the environment exists. */
function changedLines(changes: readonly Change[]): readonly string[] {
  return changes.map(
    ({ service, what, to }) => `${service === undefined ? '' : `${service}: `}${what} → ${to}`,
  )
}

function isPort({ what }: Change): boolean {
  return what.startsWith('port ')
}

function portLines(ports: readonly Change[]): readonly string[] {
  const rows = ports.map(({ service = '', what, from, to }) => [
    service,
    what.slice('port '.length),
    to,
    `instead of ${from}`,
  ])
  return tableLines(['', '', '', ''], rows).slice(1)
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map(line => `  ${line}`)]
}
