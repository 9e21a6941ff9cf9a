import type { HostPath, Source } from '../contract.js'
import type { RawProject, RawService } from './raw.js'
import { unescaped } from './source-texts.js'

type RawSource = RawProject['secrets'][string]

interface Surroundings {
  locate(path: string, kind: 'secrets' | 'configs', name: string): HostPath
  /** Whether the shell, `.env` or `env:` of .piko.yml sets it. */
  hasVariable(name: string): boolean
}

/** Sources of the secrets and configs that active services use. */
export function readSources(active: RawProject, surroundings: Surroundings): readonly Source[] {
  const kinds = [
    { kind: 'secret', key: 'secrets', uses: (raw: RawService) => raw.secrets },
    { kind: 'config', key: 'configs', uses: (raw: RawService) => raw.configs },
  ] as const
  return kinds.flatMap(({ kind, key, uses }) =>
    Object.entries(active[key]).flatMap(([name, raw]) => {
      const users = Object.entries(active.services).flatMap(([service, rawService]) => {
        const used = (uses(rawService) ?? []).filter(use => use.source === name)
        return used.length === 0 ? [] : [{ service, used }]
      })
      const origin = originOf(raw, { ...surroundings, locate: path => surroundings.locate(path, key, name) })
      if (origin === undefined || users.length === 0) return []
      const hasOwner = users.some(({ used }) =>
        used.some(({ uid, gid, mode }) => (uid ?? gid ?? mode ?? undefined) !== undefined),
      )
      return [{ kind, name, services: users.map(({ service }) => service), hasOwner, ...origin }]
    }),
  )
}

function originOf(
  raw: RawSource,
  { locate, hasVariable }: Pick<Surroundings, 'hasVariable'> & { locate(path: string): HostPath },
) {
  if (raw.external) return { from: 'engine' } as const
  if (raw.environment !== undefined) {
    const isSet = hasVariable(raw.environment)
    return { from: 'variable', variable: raw.environment, isSet } as const
  }
  if (raw.content !== undefined) return { from: 'text', text: unescaped(raw.content) } as const
  if (raw.file === undefined) return undefined
  const { path: file, leaves } = locate(raw.file)
  return { from: 'file', file, ...(leaves ? { leaves } : {}) } as const
}
