import type { Interfaces } from '@oclif/core'
import type { PluginManifest } from '@piko/sdk'
import { readFileSync } from 'node:fs'

/** The folder of the running bundle, next to piko's package.json. */
export const BUNDLE = new URL('bundle/', new URL('../../package.json', import.meta.url))

/** What the build recorded about a first-party plugin. Its modules are in the bundle. */
export interface OwnPackage {
  readonly pjson: Interfaces.PJSON & { readonly piko: PluginManifest }
  readonly manifest: Interfaces.Manifest
  /** The ids of the slots that it fills. */
  readonly fills: readonly string[]
}

/** piko's own package. */
export function readPackage(): { readonly name: string; readonly version: string } {
  const text = readFileSync(new URL('../package.json', BUNDLE), 'utf8')
  return JSON.parse(text) as ReturnType<typeof readPackage> // npm requires both in a package
}

/** The plugins that are bundled with piko. */
export function readOwnPackages(): readonly OwnPackage[] {
  const text = readFileSync(new URL('packages.json', BUNDLE), 'utf8')
  return JSON.parse(text) as readonly OwnPackage[] // written by the build
}
