import type { Host } from '@piko/sdk'
import { accessSync, constants } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** The program that opens a URL here; undefined on a machine without a screen. */
export function findBrowser(): string | undefined {
  const { BROWSER, DISPLAY, WAYLAND_DISPLAY } = process.env
  if (BROWSER) return BROWSER.split(':')[0]
  if (process.platform === 'darwin') return 'open'
  return DISPLAY || WAYLAND_DISPLAY ? ['xdg-open'].find(isOnPath) : undefined
}

/** It keeps running when piko exits. */
export async function openIn(
  host: Host,
  { browser, url }: { readonly browser: string; readonly url: string },
): Promise<void> {
  const log = join(tmpdir(), 'piko-open.log')
  await host.changeProject('caddy', context => context.startProcess(browser, [url], { log }))
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
