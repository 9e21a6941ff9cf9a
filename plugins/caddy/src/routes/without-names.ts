import type { Warning } from '@piko/sdk'

/** Whether a warning means that none of the environment's names work. A single slow service does not count. */
export function isWithoutNames({ code }: Warning): boolean {
  return code.startsWith('CADDY_') && code !== 'CADDY_ROUTE_SILENT'
}
