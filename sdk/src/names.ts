import type { PluginName } from './json.js'

/** What a name in `.piko.yml` can be one of: `compose.service`, `compose.volume`, `compose.profile`. */
export type NameKind = `${PluginName}.${string}`

/** A value of a plugin's section that is somebody's name. */
export interface NameReference {
  readonly kind: NameKind
  readonly name: string
  /** Where it stands below the section: `["windows", 0, "service"]`. An item of a list can be given by its text. */
  readonly path: readonly (string | number)[]
}

/** All names of one kind. */
export interface KnownNames {
  readonly kind: NameKind
  /** What one of them is: "service of the Compose files". */
  readonly noun: string
  readonly names: readonly string[]
}

/** What a plugin would write into a first `.piko.yml`. */
export interface Proposal {
  /** Entries of `env:`. */
  readonly env: readonly ProposedVariable[]
}

export interface ProposedVariable {
  readonly name: string
  /** A template as in `env:`: `http://localhost:${port.api}`. */
  readonly value: string
  /** A clause: "web has it as http://localhost:23000". */
  readonly because: string
  /** False writes it as a comment. */
  readonly isActive: boolean
}
