import type { Change, Model, Mount, Override, Service } from '../contract.js'
import type { Rule } from './rule.js'

/** A relative path that leaves the project points to the same place in every worktree, as from the main checkout. */
export const paths: Rule = {
  changes:
    'A relative path that leaves the repository (`../data:/data`, `build: ../lib`, a secret in `../secrets`) stays what it is in the main checkout',
  because:
    'next to a worktree are other worktrees: `../data` would be an empty folder there, or another environment',
  see: 'the mounts and build contexts in `docker-compose.piko.yml`; a warning names each mount, since all environments share it',
  apply(model) {
    const services: Record<string, Override> = {}
    const changes: Change[] = []
    for (const [service, spec] of Object.entries(model.services)) {
      const moved = movedIn(spec)
      if (moved.length === 0) continue
      services[service] = overrideOf(spec)
      const because = 'the path leaves the repository, so it is relative to the main checkout'
      for (const { what, path } of moved)
        changes.push({ service, what, from: 'relative to the worktree', to: path, because })
    }
    const sources = sourcesOf(model)
    return { override: { ...(changes.length === 0 ? {} : { services }), ...sources }, changes }
  },
}

function movedIn({ mounts, build }: Service) {
  const { context, contexts = {} } = build ?? {}
  return [
    ...mounts.flatMap(({ leaves, source = '', target = '' }) =>
      leaves ? [{ what: `mount ${target}`, path: source }] : [],
    ),
    ...(context?.leaves ? [{ what: 'build context', path: context.path }] : []),
    ...Object.entries(contexts).flatMap(([key, { leaves, path }]) =>
      leaves ? [{ what: `build context ${key}`, path }] : [],
    ),
  ]
}

/** Compose merges mounts by target, so only these are replaced. */
function overrideOf({ mounts, build }: Service): Override {
  const moved = mounts.filter(({ leaves }) => leaves)
  const contexts = Object.entries(build?.contexts ?? {}).filter(([, { leaves }]) => leaves)
  const built: Override = {
    ...(build?.context?.leaves ? { context: build.context.path } : {}),
    ...(contexts.length === 0
      ? {}
      : { additional_contexts: Object.fromEntries(contexts.map(([key, { path }]) => [key, path])) }),
  }
  return {
    ...(moved.length === 0 ? {} : { volumes: moved.map(mountOf) }),
    ...(Object.keys(built).length === 0 ? {} : { build: built }),
  }
}

function mountOf({ type, source = '', target = '', readOnly, options }: Mount): Override {
  return { type, source, target, ...(readOnly ? { read_only: true } : {}), ...options }
}

function sourcesOf({ sources }: Model): Override {
  const moved = sources.flatMap(source => (source.from === 'file' && source.leaves ? [source] : []))
  const of = (kind: 'secret' | 'config') => {
    const entries = moved.filter(source => source.kind === kind).map(({ name, file }) => [name, { file }])
    return entries.length === 0 ? {} : { [`${kind}s`]: Object.fromEntries(entries) as Override }
  }
  return { ...of('secret'), ...of('config') }
}
