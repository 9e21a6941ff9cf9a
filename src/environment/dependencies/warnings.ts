import type { Dependency, StepContext, Warning } from '@piko/sdk'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Workspace } from '../../workspace/open.js'
import { exists } from '../../worktree/location.js'
import {
  dependencyAbsent,
  dependencyMissing,
  dependencyOutdated,
  dependencyUnseen,
  virtualEnvironment,
} from './warning-texts.js'

interface Brought {
  readonly decided: readonly Dependency[]
  /** Copied by this run. */
  readonly fresh: ReadonlySet<string>
}

/** Warnings about dependency folders that will not work as they are. */
export async function warningsOf(
  { project, config }: Workspace,
  { environment }: Pick<StepContext<unknown>, 'environment'>,
  { decided, fresh }: Brought,
): Promise<readonly Warning[]> {
  const [main, worktree] = [project.root, environment.path]
  const warnings = decided.map(async (dependency): Promise<readonly Warning[]> => {
    const { path, how, lock, line = '', seen } = dependency
    const services = [...new Set(seen.map(({ service }) => service))]
    switch (how) {
      case 'linked':
        return []
      case 'installed':
        return services.length === 0 ? [dependencyUnseen(path)] : []
      case 'absent': {
        const isNews = !isOff(config.dependencies) && (await exists(join(main, path)))
        return isNews ? [dependencyAbsent({ path, services, line })] : []
      }
      case 'copied':
        if (!(await exists(join(worktree, path)))) return [dependencyMissing(path)]
        if (await exists(join(worktree, path, 'pyvenv.cfg'))) return [virtualEnvironment(path)]
        return lock !== undefined && fresh.has(path) && (await isOther(lock, { main, worktree }))
          ? [dependencyOutdated({ path, lock })]
          : []
    }
  })
  return (await Promise.all(warnings)).flat()
}

/** `dependencies: {}` turns dependencies and their warnings off. */
function isOff(requested: Workspace['config']['dependencies']): boolean {
  return requested !== undefined && Object.keys(requested).length === 0
}

async function isOther(
  file: string,
  { main, worktree }: { readonly main: string; readonly worktree: string },
): Promise<boolean> {
  const texts = [main, worktree].map(root => readFile(join(root, file), 'utf8').catch(() => ''))
  const [one, other] = await Promise.all(texts)
  return one !== other
}
