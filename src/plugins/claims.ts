import type { Failure } from '@piko/sdk'
import { pluginErrors } from '../errors/plugins.js'
import type { BrokenPlugin, Candidate } from './candidate.js'

interface Claim {
  readonly what: string
  error(plugin: Candidate, claimants: readonly Candidate[]): BrokenPlugin['error']
}

/**
 * Rejects plugins that claim something only one plugin can have: a name, or a flag of a core command. A plugin bundled
 * with piko keeps its claim. If several others claim the same, none gets it, whichever was installed first.
 */
export function refuseDuplicateClaims(candidates: readonly Candidate[]): {
  readonly candidates: readonly Candidate[]
  readonly broken: readonly BrokenPlugin[]
} {
  const broken = candidates.flatMap(candidate => {
    if (candidate.bundled) return []
    for (const claim of claimsOf(candidate)) {
      const claimants = candidates.filter(other => claimsOf(other).some(({ what }) => what === claim.what))
      if (claimants.length > 1) return [{ ...candidate, error: claim.error(candidate, claimants) }]
    }
    return []
  })
  const isValid = ({ packageName }: Candidate) => !broken.some(other => other.packageName === packageName)
  return { candidates: candidates.filter(isValid), broken }
}

function twin(plugin: Candidate, claimants: readonly Candidate[]): Failure {
  return pluginErrors.PLUGIN_TWIN({ ...plugin, packages: claimants.map(({ packageName }) => packageName) })
}

function claimsOf({ name, manifest }: Candidate): readonly Claim[] {
  const flags = Object.entries(manifest.flags ?? {}).flatMap(([command, definitions]) =>
    Object.keys(definitions).map(flag => ({
      what: `piko ${command} --${flag}`,
      error: (plugin: Candidate, claimants: readonly Candidate[]) =>
        pluginErrors.PLUGIN_FLAG_CONFLICT({
          ...plugin,
          flag,
          command,
          packages: claimants.map(({ packageName }) => packageName),
        }),
    })),
  )
  return [{ what: `plugin ${name}`, error: twin }, ...flags]
}
