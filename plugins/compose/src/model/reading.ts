import type { Roots } from './leaving.js'

/** Gives a thing of this environment its name on the engine. */
type Claim = (namespace: 'container' | 'network' | 'volume', wanted: string) => string

/** What reading a project needs beside the answer of Compose. */
export interface Reading {
  readonly project: string
  readonly roots: Roots
  readonly claim: Claim
  /** Whether the shell, `.env` or `env:` of .piko.yml gives it. */
  hasVariable(name: string): boolean
}
