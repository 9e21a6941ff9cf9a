import {
  type Dependency,
  dependenciesFact,
  defineStep,
  type Fact,
  mountsSlot,
  type StepContext,
} from '@piko/sdk'
import { join } from 'node:path'
import { dependencyLine } from '../../project/dependency-line.js'
import { exists } from '../../worktree/location.js'
import type { Workspace } from '../../workspace/open.js'
import { bringCopy, makeMountPoint, needsCopy } from '../dependencies/bring.js'
import { decideDependencies } from '../dependencies/decide.js'
import { observeDependencies } from '../dependencies/observe.js'
import { warningsOf } from '../dependencies/warnings.js'

type Receipt = {
  /** What the last run copied, with the number of files. */
  readonly now: readonly { readonly path: string; readonly files: number }[]
}

/** All folders that piko copies into this worktree. Stored before the copy, so that a crash leaves nothing behind. */
const copiedFact: Fact<readonly string[]> = { id: 'core.copied' }

/**
 * Provides the dependency folders that git ignores. Paths that a container mounts get a copy: a symlink would be broken
 * inside the container, and writing through it would change the main checkout.
 */
export function dependenciesStep(workspace: Workspace) {
  return defineStep<unknown, Receipt>({
    id: 'core:dependencies',
    title: 'Copying dependencies',
    undoTitle: 'Removing generated files',
    phase: 'prepare',
    after: ['core:env-file'],
    before: ['compose:override', 'core:script-prepare'],
    timeLimit: 3600,

    async do(context) {
      const decided = await decide(workspace, context)
      const now: { path: string; files: number }[] = []
      for (const dependency of decided) {
        const files = await bring(workspace, context, dependency)
        if (files !== undefined) now.push({ path: dependency.path, files })
      }
      const fresh = new Set(now.map(({ path }) => path))
      for (const warning of await warningsOf(workspace, context, { decided, fresh })) context.warn(warning)
      context.publish(dependenciesFact, await asFound(decided, context.environment.path))
      return { now }
    },

    async preview(context) {
      const decided = await decide(workspace, context)
      if (decided.length === 0) return undefined
      const lines = decided.map(({ path, how }) => `${path}: ${how}`)
      return { lines: ['Dependencies', ...lines.map(line => `  ${line}`)], answer: { dependencies: decided } }
    },

    /** Removes only what it copied: links belong to the checkout step, and existing folders to the user. */
    async undo({ environment, remove, verb, fact, publish }) {
      if (verb === 'destroy') return // the worktree is removed with its contents
      for (const path of fact(copiedFact) ?? []) await remove(join(environment.path, path))
      publish(copiedFact, [])
    },

    report({ now }) {
      if (now.length === 0) return undefined
      const parts = now.map(({ path, files }) => `${path} (${filesText(files)})`)
      return `Copied ${parts.join(', ')} from the main checkout`
    },
  })
}

function filesText(count: number): string {
  return count === 1 ? '1 file' : `${count.toLocaleString('en')} files`
}

async function decide(
  { project, config, readIgnored }: Workspace,
  context: StepContext<unknown>,
): Promise<readonly Dependency[]> {
  const worktree = context.environment.path
  const named = Object.keys(config.dependencies ?? {}).map(path => path.replace(/\/+$/, ''))
  const found = await observeDependencies({
    main: project.root,
    worktree,
    named: [...named, ...config.files.link],
    readIgnored,
  })
  const mounts = context.collect(mountsSlot, undefined).flatMap(({ value }) => value)
  const { dependencies: requested, files } = config
  const decided = decideDependencies({ requested, links: files.link, worktree, mounts, found })
  context.publish(dependenciesFact, decided)
  return decided
}

/** Marks folders that neither checkout has as absent, for the hint of a service that fails without them. */
function asFound(decided: readonly Dependency[], worktree: string): Promise<readonly Dependency[]> {
  const found = decided.map(async (dependency): Promise<Dependency> => {
    const { path, how } = dependency
    if (how !== 'copied' || (await exists(join(worktree, path)))) return dependency
    return { ...dependency, how: 'absent', line: dependencyLine(path, 'install') }
  })
  return Promise.all(found)
}

async function bring(
  { project, repository }: Workspace,
  context: StepContext<unknown>,
  { path, how }: Dependency,
): Promise<number | undefined> {
  const { environment, signal, progress } = context
  const place = { path, from: project.root, to: environment.path, signal }
  if (how === 'installed') await makeMountPoint(repository, place)
  if (how !== 'copied') return undefined
  if (!(await needsCopy(place))) return undefined
  progress(path)
  context.publish(copiedFact, [...new Set([...(context.fact(copiedFact) ?? []), path])])
  return bringCopy(repository, place)
}
