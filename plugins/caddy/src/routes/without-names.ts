import type { Warning } from '@piko/sdk'

/** Whether a warning says that the names of the environment lead nowhere. One service that is late is another matter. */
export function isWithoutNames({ code }: Warning): boolean {
  return code.startsWith('CADDY_') && code !== 'CADDY_ROUTE_SILENT'
}
