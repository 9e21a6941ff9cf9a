import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { configFileNames } from '../project/config-file-names.js'
import { type ListedEnvironment, listEnvironments } from './listing.js'
import { locateState } from './locate.js'

/** The situation shown by `piko` without arguments. Found without git, plugins or the engine. */
export interface Overview {
  /** The checkout around the folder, if any. */
  readonly checkout: string | undefined
  /** The project's name, or the checkout's if piko has no state yet. */
  readonly project: string
  /** A Compose file, or a configuration that may name one. */
  readonly isComposed: boolean
  readonly environments: readonly ListedEnvironment[]
  /** The environment whose worktree contains the folder. */
  readonly here: ListedEnvironment | undefined
}

export function readOverview(folder: string): Overview {
  const start = realpathSync(folder)
  const checkout = findCheckout(start)
  const located = locateState(start)
  const root = located?.root ?? checkout ?? start
  const known = located?.state.prepare('SELECT name FROM project WHERE root = ?').pluck().get(root)
  const environments = located ? listEnvironments(located.state) : []
  return {
    checkout,
    project: typeof known === 'string' ? known : basename(root),
    isComposed: [...composeFiles, ...configFileNames].some(name => existsSync(join(root, name))),
    environments,
    here: environments.find(({ path }) => start === path || start.startsWith(path + sep)),
  }
}

/** The default file names of Compose. */
const composeFiles = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']

function findCheckout(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder
  return dirname(folder) === folder ? undefined : findCheckout(dirname(folder))
}
