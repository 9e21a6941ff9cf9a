import { parseAllDocuments } from 'yaml'
import { isRecord } from '../override/tagged.js'

/** A place where a Compose file names another file that Compose opens to read the project. */
export interface Reference {
  readonly kind: 'include' | 'extends' | 'env_file' | 'label_file'
  readonly path: string
  readonly service?: string
  /** Of an include: the folder that its relative paths are based on, and its own variables. */
  readonly directory?: string
  readonly envFiles?: readonly string[]
}

export interface ComposeFile {
  readonly references: readonly Reference[]
  /** The names of its services. */
  readonly services: readonly string[]
}

/** What a Compose file names. Throws if it is not YAML. */
export function parseComposeFile(text: string): ComposeFile {
  const documents = parseAllDocuments(text, { merge: true, logLevel: 'error', strict: false })
  const contents = [...documents].map(document => {
    const [problem] = document.errors
    if (problem) throw problem
    const content: unknown = document.toJS()
    return isRecord(content) ? content : {}
  })
  return {
    references: contents.flatMap(content => [
      ...includes(content['include']),
      ...services(content['services']),
    ]),
    services: contents.flatMap(content =>
      isRecord(content['services']) ? Object.keys(content['services']) : [],
    ),
  }
}

function includes(value: unknown): readonly Reference[] {
  return list(value).flatMap((entry): readonly Reference[] => {
    if (!isRecord(entry)) return [{ kind: 'include', path: String(entry) }]
    const { project_directory: directory, env_file: envFile, path } = entry
    const envFiles = list(envFile).map(String)
    const paths = list(path).map(String)
    return paths.map(one => ({
      kind: 'include',
      path: one,
      envFiles,
      directory: typeof directory === 'string' ? directory : directoryOf(paths[0] ?? ''),
    }))
  })
}

function directoryOf(path: string): string {
  const at = path.lastIndexOf('/')
  return at < 0 ? '.' : path.slice(0, at) || '/'
}

function services(value: unknown): readonly Reference[] {
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([service, spec]) => {
    if (!isRecord(spec)) return []
    const { extends: base, env_file, label_file } = spec
    return [
      ...(isRecord(base) && typeof base['file'] === 'string'
        ? [{ kind: 'extends', path: base['file'], service } as const]
        : []),
      ...Object.entries({ env_file, label_file } as const).flatMap(([kind, files]) =>
        list(files).flatMap(file => {
          const path: unknown = isRecord(file) ? file['path'] : file
          // The keys of the object above.
          return typeof path === 'string' ? [{ kind: kind as 'env_file' | 'label_file', path, service }] : []
        }),
      ),
    ]
  })
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
