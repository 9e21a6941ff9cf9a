import type { PluginName } from './json.js'

/** A kind of name in `.piko.yml`: `compose.service`, `compose.volume`, `compose.profile`. */
export type NameKind = `${PluginName}.${string}`

/** A value in a plugin's section that refers to something by name. */
export interface NameReference {
  readonly kind: NameKind
  readonly name: string
  /** Its path within the section: `["windows", 0, "service"]`. A list item may also be given by its text. */
  readonly path: readonly (string | number)[]
}

/** All known names of one kind. */
export interface KnownNames {
  readonly kind: NameKind
  /** What such a name stands for: "service of the Compose files". */
  readonly noun: string
  readonly names: readonly string[]
}

/** What a plugin proposes for a new `.piko.yml`. */
export interface Proposal {
  /** Entries of `env:`. */
  readonly env: readonly ProposedVariable[]
}

export interface ProposedVariable {
  readonly name: string
  /** A template, as in `env:`: `http://localhost:${port.api}`. */
  readonly value: string
  /** The reason, as a clause: "web has it as http://localhost:23000". */
  readonly because: string
  /** False writes the entry as a comment. */
  readonly isActive: boolean
}
