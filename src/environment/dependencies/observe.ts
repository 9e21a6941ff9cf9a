import { access } from 'node:fs/promises'
import { join } from 'node:path'
import {
  expectedFolders,
  findDependencies,
  type FoundDependency,
  isDependencyFolder,
} from '../../project/find-dependencies.js'
import { isFolder, readIgnoredEntries } from '../../worktree/carry-patterns.js'
import { keepIgnored } from '../../worktree/is-ignored.js'

export type Observed = FoundDependency & { readonly isInMain: boolean }

interface Places {
  readonly main: string
  /** The checkout whose lock files count. */
  readonly worktree: string
  /** Folders that `.piko.yml` names. */
  readonly named?: readonly string[]
  /** `readIgnoredEntries` of the main checkout. */
  readonly readIgnored?: () => Promise<readonly string[]>
}

/** The dependency folders that git ignores in the main checkout, existing or not. */
export async function observeDependencies({
  main,
  worktree,
  named = [],
  readIgnored = () => readIgnoredEntries(main),
}: Places): Promise<readonly Observed[]> {
  const there = dependencyFolders(await readIgnored())
  const files = { exists: (path: string) => exists(join(worktree, path)) }
  const expected = await keepIgnored(
    main,
    (await expectedFolders(files)).filter(folder => !there.includes(folder)).map(folder => `${folder}/`),
  )
  const folders = new Set([...there, ...expected.map(trimmed), ...named])
  const found = await findDependencies(files, [...folders])
  return Promise.all(found.map(async one => ({ ...one, isInMain: await exists(join(main, one.path)) })))
}

/** The folders among ignored entries with a name that package managers use. */
function dependencyFolders(entries: readonly string[]): readonly string[] {
  return entries.filter(isFolder).map(trimmed).filter(isDependencyFolder)
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, '')
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
