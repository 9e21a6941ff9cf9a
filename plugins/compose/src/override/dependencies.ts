import { installedAmong, volumeName } from './dependency-volumes.js'
import { type Change, type Override, replace } from '../contract.js'
import type { Rule } from './rule.js'

/** What a container installs goes into a volume over the mounted tree, so the host's folder stays untouched. */
export const dependencies: Rule = {
  changes:
    'A folder of dependencies that `.piko.yml` installs (`dependencies: { node_modules: install }`) is a volume, in each service that mounts the folder above it',
  because:
    "what a container installs fits its own system, belongs to its user and must not reach the host's folder",
  see: 'the mounts in `docker-compose.piko.yml`',
  apply({ project }, { dependencies: decided }) {
    const mounts = new Map<string, readonly Override[]>()
    const volumes: Record<string, Override[string]> = {}
    const changes: Change[] = []
    for (const installed of installedAmong(decided)) {
      const [key, name] = [installed.key, volumeName(project, installed)]
      for (const { service, target, isKept } of installed.seen) {
        if (isKept) continue
        mounts.set(service, [...(mounts.get(service) ?? []), { type: 'volume', source: key, target }])
        volumes[key] = replace({ external: true, name })
        changes.push({
          service,
          what: `folder ${target}`,
          from: `${installed.path} of the worktree`,
          to: `the volume ${name}`,
          because: '.piko.yml has it installed in a container',
        })
      }
    }
    if (changes.length === 0) return { override: {}, changes }
    const services = Object.fromEntries([...mounts].map(([service, list]) => [service, { volumes: list }]))
    return { override: { services, volumes }, changes }
  },
}
