import { type Host, programPaths } from '@piko/sdk'
import { accessSync, constants } from 'node:fs'
import { devNull } from 'node:os'

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
  await host.changeProject('caddy', context => context.startProcess(browser, [url], { log: devNull }))
}

function isOnPath(program: string): boolean {
  return programPaths(program).some(path => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
