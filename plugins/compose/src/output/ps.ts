import { tableLines } from '@piko/sdk'
import { addressOf, type Row } from '../engine/rows.js'

/** `piko ps`: all of an environment's containers, or those of them that are `wanted`. */
export function psAnswer(environment: string, rows: readonly Row[], wanted: readonly Row[] = rows) {
  return {
    lines: wanted.length === 0 ? [none(environment)] : table(rows, wanted),
    answer: { environment, containers: wanted },
  }
}

function table(rows: readonly Row[], wanted: readonly Row[]): readonly string[] {
  const cells = wanted.map(row => [addressOf(row, rows), row.name, row.status, row.ports])
  return tableLines(['SERVICE', 'CONTAINER', 'STATUS', 'PORTS'], cells)
}

function none(environment: string): string {
  return `No containers in ${environment}; to start them, run \`piko up ${environment}\``
}
