import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { git, splitNul } from './git.js'

/**
 * Untracked files that match gitignore-style patterns, as git matches them. A pattern without a folder (`.env`) does
 * not search ignored folders: it does not match `node_modules/x/.env`. A pattern with a folder
 * (`.claude/settings.json`), or one that names an ignored folder itself (`certs/`), does match inside it.
 */
export async function findMatches(
  checkout: string,
  patterns: readonly string[],
  readIgnored: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const [ignored, floating, anchored] = await Promise.all([
    readIgnored(),
    readMatches(
      checkout,
      patterns.filter(p => isNegated(p) || isFloating(p)),
    ),
    readMatches(
      checkout,
      patterns.filter(p => isNegated(p) || !isFloating(p)),
    ),
  ])
  const isHidden = (entry: string) =>
    ignored.some(folder => isFolder(folder) && entry !== folder && entry.startsWith(folder))
  return readFiles(checkout, [...floating.filter(entry => !isHidden(entry)), ...anchored])
}

/** Ignored files, and ignored folders (with a trailing slash) that git does not descend into. */
export async function readIgnoredEntries(checkout: string): Promise<readonly string[]> {
  const flags = ['--others', '--ignored', '--exclude-standard', '--directory', '-z']
  return splitNul((await git(checkout, ['ls-files', ...flags])).stdout)
}

/** Only folders end in a slash. */
export function isFolder(entry: string): boolean {
  return entry.endsWith('/')
}

async function readMatches(checkout: string, patterns: readonly string[]): Promise<readonly string[]> {
  if (patterns.every(isNegated)) return []
  const folder = await mkdtemp(join(tmpdir(), 'piko-patterns-'))
  try {
    const file = join(folder, 'patterns')
    await writeFile(file, patterns.map(pattern => `${pattern}\n`).join(''))
    const flags = ['--others', '--ignored', `--exclude-from=${file}`, '--directory', '-z']
    return splitNul((await git(checkout, ['ls-files', ...flags])).stdout)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The files in the given entries. A folder that is a repository of its own is left out. */
async function readFiles(checkout: string, entries: readonly string[]): Promise<readonly string[]> {
  const folders = entries.filter(isFolder)
  const files = entries.filter(entry => !isFolder(entry))
  if (folders.length === 0) return files
  const args = ['--literal-pathspecs', 'ls-files', '--others', '-z', '--', ...folders]
  const inside = splitNul((await git(checkout, args)).stdout)
  return [...files, ...inside.filter(entry => !isFolder(entry))]
}

function isNegated(pattern: string): boolean {
  return pattern.startsWith('!')
}

function isFloating(pattern: string): boolean {
  return pattern.startsWith('**/') || !pattern.trimEnd().slice(0, -1).includes('/')
}
