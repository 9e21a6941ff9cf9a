import { type Change, type Override, replace } from '../contract.js'
import type { Rule } from './rule.js'
import { sourceName } from './source-name.js'

/** piko creates the named volumes, external to Compose, so that no change makes Compose offer to recreate one. */
export const volumes: Rule = {
  changes:
    'A named volume, whatever `name:` it has, becomes `piko-PROJECT-NAME-VOLUME`, made by piko with its driver and options; anonymous ones are new in each environment anyway',
  because: 'each environment has its own data',
  see: '`docker volume ls --filter label=dev.piko.environment=NAME`',
  apply(model) {
    const own = Object.entries(model.volumes).filter(([, volume]) => !volume.external)
    if (own.length === 0) return { override: {}, changes: [] }
    const named: Record<string, Override[string]> = {}
    const changes: Change[] = []
    for (const [key, { name, engineName }] of own) {
      named[key] = replace({ external: true, name: engineName })
      changes.push({
        what: `volume ${key}`,
        from: sourceName(model, key, name),
        to: engineName,
        because: 'each environment has its own data',
      })
    }
    return { override: { volumes: named }, changes }
  },
}
