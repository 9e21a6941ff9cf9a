import type { PluginManifest } from '@piko/sdk'

/** An installed plugin whose package.json has a `piko` field. Nothing of its code has run. */
export interface Candidate {
  /** The short name: `compose` of `@piko/plugin-compose`. */
  readonly name: string
  readonly packageName: string
  readonly version: string
  /** The package's folder. */
  readonly root: string
  readonly manifest: PluginManifest
}

/** What core asks of oclif's loaded plugins. */
export interface InstalledPackage {
  readonly name: string
  readonly version: string
  readonly root: string
  readonly pjson: object
  /** oclif's word for where it comes from; `core` is what piko brings along. */
  readonly type?: string
  readonly commandIDs?: readonly string[]
}
