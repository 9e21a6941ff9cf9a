import type { Interfaces } from '@oclif/core'
import type { PluginManifest } from '@piko/sdk'
import { readFileSync } from 'node:fs'

/** The folder of what runs, beside the package.json of piko. */
export const BUNDLE = new URL('bundle/', new URL('../../package.json', import.meta.url))

/** What the build has written about a first-party plugin: its modules are those of the bundle. */
export interface OwnPackage {
  readonly pjson: Interfaces.PJSON & { readonly piko: PluginManifest }
  readonly manifest: Interfaces.Manifest
}

/** The plugins that piko brings along. */
export function readOwnPackages(): readonly OwnPackage[] {
  const text = readFileSync(new URL('packages.json', BUNDLE), 'utf8')
  return JSON.parse(text) as readonly OwnPackage[] // the build's own file
}
