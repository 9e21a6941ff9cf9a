import type { Failure, PluginManifest } from '@piko/sdk'

/** An installed plugin whose package.json has a `piko` field. None of its code has been loaded. */
export interface Candidate {
  /** The short name: `compose` for `@piko/plugin-compose`. */
  readonly name: string
  readonly packageName: string
  readonly version: string
  /** The package's folder. */
  readonly root: string
  readonly manifest: PluginManifest
  /** Whether it comes with piko. */
  readonly bundled: boolean
}

/** A plugin that is installed but cannot be used. */
export interface BrokenPlugin {
  readonly name: string
  readonly packageName: string
  readonly version: string
  readonly error: Failure
}

/** The properties of oclif's loaded plugins that core uses. */
export interface InstalledPackage {
  readonly name: string
  readonly version: string
  readonly root: string
  readonly pjson: object
  /** oclif's name for its source. `core` is bundled with piko. */
  readonly type?: string
  readonly commandIDs?: readonly string[]
}
