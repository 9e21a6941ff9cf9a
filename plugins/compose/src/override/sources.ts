import { type Change, type Override, replace } from '../contract.js'
import type { Rule } from './rule.js'
import type { SourceFile } from './source-files.js'

/** Configs and secrets without a file become files, since Compose mounts only files read-only. */
export const sources: Rule = {
  changes:
    'A config or a secret from `content:` or `environment:` is mounted from a file, read-only; one with a `uid`, `gid` or `mode` is not',
  because: 'Docker Compose copies it into the container, where the container could overwrite it',
  see: 'the sections `configs` and `secrets` in `docker-compose.piko.yml`; the files are in a folder that only its owner may enter',
  apply(_, { files }) {
    const services: Record<string, Override> = {}
    for (const service of new Set(files.flatMap(file => file.services))) {
      const stamps = files.filter(file => file.services.includes(service)).map(({ stamp }) => stamp)
      // Compose does not notice a changed file, but it notices a changed label.
      services[service] = { labels: { 'dev.piko.sources': stamps.join(' ') } }
    }
    const override = { ...section(files, 'config'), ...section(files, 'secret') }
    return {
      override: files.length === 0 ? {} : { ...override, services },
      changes: files.flatMap(changesOf),
    }
  },
}

function section(files: readonly SourceFile[], kind: SourceFile['kind']): Override {
  const entries = files
    .filter(file => file.kind === kind)
    .map(({ name, file }) => [name, replace({ file })] as const)
  return entries.length === 0 ? {} : { [`${kind}s`]: Object.fromEntries(entries) }
}

function changesOf({ kind, name, services }: SourceFile): readonly Change[] {
  const because = 'Docker Compose would copy it into the container, which could then overwrite it'
  const what = `${kind} ${name}`
  return services.map(service => ({ service, what, from: 'copied', to: 'mounted read-only', because }))
}
