import { isMapping } from '../project/kind.js'
import { shortName } from '../project/package-name.js'
import type { Candidate } from './candidate.js'

/** What shows that a project uses a plugin, known before any plugin's code is loaded. */
export interface Uses {
  /** `.piko.yml` as written. */
  readonly config: Readonly<Record<string, unknown>>
  /** Plugins that have made something which they must be able to undo. */
  readonly made: ReadonlySet<string>
  /** The plugin whose own command is running. */
  readonly running: string | undefined
}

/**
 * Whether a plugin's code may run in a project: it comes with piko, `.piko.yml` names it or has its section, it has made
 * something there, or its own command is running. Installing a plugin is not enough.
 */
export function isInUse({ name, packageName, bundled }: Candidate, { config, made, running }: Uses): boolean {
  if (bundled || running === packageName || made.has(name)) return true
  const { plugins } = config
  const named = Array.isArray(plugins)
    ? plugins.map(String)
    : isMapping(plugins)
      ? Object.keys(plugins).filter(key => plugins[key] !== false)
      : []
  const isNamed = named.some(other => other === packageName || shortName(other) === name)
  return isNamed || (config[name] !== undefined && config[name] !== null)
}
