import type { Roots } from './leaving.js'

/** Claims a name on the engine for a container, network or volume of this environment. */
type Claim = (namespace: 'container' | 'network' | 'volume', wanted: string) => string

/** What reading a project needs besides Compose's output. */
export interface Reading {
  readonly project: string
  readonly roots: Roots
  readonly claim: Claim
  /** Whether the shell, `.env` or `env:` of .piko.yml sets it. */
  hasVariable(name: string): boolean
}
