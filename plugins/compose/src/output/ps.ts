import { type Color, fittedLines, readTerminal } from '@piko/sdk'
import { addressOf } from '../engine/rows.js'
import { restartsText, type State, troubleOf } from '../engine/trouble.js'

/** The output of `piko ps`: all of an environment's containers, or the `wanted` ones. */
export function psAnswer(environment: string, rows: readonly State[], wanted: readonly State[] = rows) {
  return {
    lines: wanted.length === 0 ? [none(environment)] : table(rows, wanted),
    answer: { environment, containers: wanted },
  }
}

function table(rows: readonly State[], wanted: readonly State[]): readonly string[] {
  const terminal = readTerminal(process.stdout)
  const cells = wanted.map(row => [
    addressOf(row, rows),
    { text: row.name, shorten: (width: number) => `…${row.name.slice(1 - width)}` },
    { text: statusText(row), color: colorOf(row) },
    { text: row.ports, shorten: (width: number) => shortPorts(row.ports, width) },
  ])
  const columns = [
    { title: 'Service', gives: 3, least: 8 },
    { title: 'Container', gives: 2, least: 12 },
    { title: 'Status', gives: 4, least: 12 },
    { title: 'Ports', gives: 1, least: 14 },
  ]
  return fittedLines(columns, cells, terminal)
}

function colorOf({ state, status }: State): Color {
  if (status.includes('(unhealthy)')) return 'red'
  if (state === 'running') return 'green'
  return state === 'exited' && status.startsWith('Exited (0)') ? 'dim' : 'red'
}

/** `127.0.0.1:10180->80/tcp, 9000/tcp` → `10180->80`: the ports reachable from here, as many as fit. */
function shortPorts(ports: string, width: number): string {
  const published = [...ports.matchAll(/:(\d+)->(\d+)\/(\w+)/g)].map(([, outer, inner, protocol]) => {
    return `${outer}->${inner}${protocol === 'tcp' ? '' : `/${protocol}`}`
  })
  const all = [...new Set(published)]
  for (let kept = all.length; kept > 0; kept--) {
    const rest = all.length - kept
    const text = `${all.slice(0, kept).join(', ')}${rest === 0 ? '' : ` +${rest}`}`
    if (text.length <= width) return text
  }
  return all.length === 0 ? ports : `+${all.length}`
}

/** The status in Docker's words, with the number of restarts, and a mark if something is wrong. */
function statusText(row: State): string {
  const mark = troubleOf(row) === undefined ? '' : '! '
  const restarts = row.restarts === 0 ? '' : `, ${restartsText(row.restarts)}`
  return `${mark}${row.status}${restarts}`
}

function none(environment: string): string {
  return `No containers in ${environment}; to start them, run \`piko up ${environment}\``
}
