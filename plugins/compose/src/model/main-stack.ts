import { stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve } from 'node:path'
import { composeOptions, lookDocker, type Looking } from '../docker.js'
import type { Roots } from './leaving.js'
import type { Invocation } from '../contract.js'
import { parseStack } from './raw.js'

/** What plain `docker compose` creates in the main checkout. */
export interface MainStack {
  /** The name of its Compose project. */
  readonly project: string
  /** The names of its volumes on the engine, by key. External ones do not belong to it. */
  readonly volumes: Readonly<Record<string, { readonly name: string; readonly external: boolean }>>
}

/**
 * Reads the main checkout with the files and profiles of the environment; undefined if it has none of these files.
 * Needs no engine. Throws `TOOL_FAILED` if Compose cannot read them.
 */
export async function fetchMainStack(
  context: Looking,
  model: Invocation,
  roots: Roots,
): Promise<MainStack | undefined> {
  const moved = (path: string) => relocate(path, roots)
  const files = await existing(model.files.map(moved))
  if (files.length === 0) return undefined
  const envFiles = await existing(model.envFiles.map(moved))
  const main = { ...model, directory: moved(model.directory), files, envFiles }
  const args = [
    'compose',
    ...['--project-directory', moved(model.projectDirectory)],
    ...envFiles.flatMap(file => ['--env-file', file]),
    ...files.flatMap(file => ['-f', file]),
    ...['config', '--format', 'json'],
  ] as const
  // If a profile cannot be read, only its volumes are missing.
  const { stdout } = await lookDocker(context, args, composeOptions(main, ['*'])).catch(() =>
    lookDocker(context, args, composeOptions(main)),
  )
  return parseStack(stdout)
}

function relocate(path: string, { worktree, root }: Roots): string {
  const inside = relative(worktree, path)
  return inside.startsWith('..') || isAbsolute(inside) ? path : resolve(root, inside)
}

async function existing(files: readonly string[]): Promise<readonly string[]> {
  const exists = await Promise.all(
    files.map(file =>
      stat(file).then(
        () => true,
        () => false,
      ),
    ),
  )
  return files.filter((_, index) => exists[index])
}
