import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { ROOT } from './piko.js'

/** File contents by path. */
export type Files = Readonly<Record<string, string>>

/** The commands that turn a folder of files into a repository with one commit on `main`. */
export function repositoryCommands(message: string): readonly (readonly [string, ...string[]])[] {
  return [
    ['git', 'init', '--quiet', '--initial-branch', 'main'],
    ['git', 'add', '--all'],
    ['git', 'commit', '--quiet', '--message', message],
  ]
}

export function makeRepository(root: string, env: NodeJS.ProcessEnv): void {
  for (const [program, ...words] of repositoryCommands('first'))
    execFileSync(program, words, { cwd: root, env, stdio: 'pipe' })
}

/** examples/shop with a developer's `.env`. */
export function copyShop(root: string): void {
  cpSync(join(ROOT, 'examples/shop'), root, { recursive: true })
  cpSync(join(root, '.env.example'), join(root, '.env'))
}

export function readFiles(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  return Object.fromEntries(paths.map(path => [relative(folder, path), readFileSync(path, 'utf8')]))
}

export function writeFiles(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}
