import type { Changes } from '@piko/sdk'
import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { rootName } from './root.js'

/** An NSS certificate database. Chrome and Chromium share one, each Firefox profile has its own. */
export interface BrowserStore {
  readonly name: string
  readonly folder: string
}

export async function findBrowserStores(): Promise<readonly BrowserStore[]> {
  const home = homedir()
  const chrome = { name: 'Chrome and Chromium', folder: join(home, '.pki', 'nssdb') }
  const places = ['.mozilla/firefox', 'snap/firefox/common/.mozilla/firefox', '.config/mozilla/firefox']
  const firefox = await Promise.all(places.map(place => findProfiles(join(home, place))))
  return [chrome, ...firefox.flat()]
}

async function findProfiles(folder: string): Promise<readonly BrowserStore[]> {
  const names = await readdir(folder).catch(() => [])
  return names.flatMap(name =>
    existsSync(join(folder, name, 'cert9.db'))
      ? [{ name: `Firefox (${name})`, folder: join(folder, name) }]
      : [],
  )
}

/** Idempotent: removes the old certificate first, which may be from another authority. */
export async function addToBrowser(context: Changes, store: BrowserStore, certificate: string) {
  if (!existsSync(join(store.folder, 'cert9.db'))) {
    await mkdir(store.folder, { recursive: true })
    await certutil(context, store, ['-N', '--empty-password'])
  }
  await removeFromBrowser(context, store)
  await certutil(context, store, ['-A', '-t', 'C,,', '-n', rootName(), '-i', certificate])
}

/** Returns whether it existed. */
export async function removeFromBrowser(context: Changes, store: BrowserStore): Promise<boolean> {
  if (!existsSync(join(store.folder, 'cert9.db'))) return false
  const { exitCode } = await context.exec('certutil', wordsOf(store, ['-D', '-n', rootName()]), {
    cwd: '/',
    allowFailure: true,
  })
  return exitCode === 0
}

async function certutil({ exec }: Changes, store: BrowserStore, words: readonly string[]): Promise<void> {
  await exec('certutil', wordsOf(store, words), { cwd: '/' })
}

function wordsOf({ folder }: BrowserStore, words: readonly string[]): readonly string[] {
  return ['-d', `sql:${folder}`, ...words]
}
