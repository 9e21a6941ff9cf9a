import type { NameReference } from '@piko/sdk'
import type { TmuxConfig } from './config.js'

/** The Compose services whose logs are shown, and those that windows and panes run in. */
export function refersTo({ logs, windows }: TmuxConfig): readonly NameReference[] {
  const shown = Array.isArray(logs) ? logs : []
  const inside = windows.flatMap(({ service, panes }, index) => [
    { service, path: ['windows', index, 'service'] },
    ...panes.map((pane, number) => {
      return { service: pane.service, path: ['windows', index, 'panes', number, 'service'] }
    }),
  ])
  return [...shown.map((name, index) => ({ service: name, path: ['logs', index] })), ...inside].flatMap(
    ({ service, path }) => (service === undefined ? [] : [{ kind: 'compose.service', name: service, path }]),
  )
}
