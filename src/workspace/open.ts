import { detailsOf, type Failure, type Project, type ProjectView } from '@piko/sdk'
import { access, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { tablesBroken } from '../errors/plugins.js'
import { stateErrors } from '../errors/state.js'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { tablePrefix } from '../lifecycle/context.js'
import type { InstalledPackage } from '../plugins/candidate.js'
import { activate, decidePlugins, type Enabled, enablePlugins, enablePresent } from '../plugins/enable.js'
import { findPlugins, type Installed } from '../plugins/find.js'
import { isInUse } from '../plugins/in-use.js'
import { type Loaded, loadPlugins } from '../plugins/load.js'
import { type AbsentPlugin, type CheckedConfig, checkConfig } from '../project/check-config.js'
import { parseConfig } from '../project/config-document.js'
import { readConfigFile } from '../project/config-file.js'
import { type CoreConfig, coreSchema } from '../project/schema.js'
import { projectSlug } from '../project/slug.js'
import { type Access, openMachineState, openProjectState } from '../state/databases.js'
import { readMakers } from './makers.js'
import { migrate } from '../state/migrate.js'
import { keepState } from '../state/own-state.js'
import type { Database } from '../state/open.js'
import { readIgnoredEntries } from '../worktree/carry-patterns.js'
import { hideFolder } from '../worktree/hide-folder.js'
import type { Repository } from '../worktree/repository.js'
import { findHome } from './find-home.js'
import { guardState } from './guard-state.js'
import { type Arrival, findArrival, identify, requireSettled } from './identify.js'
import { registerWorktrees, settle } from './settle.js'

/** An opened project: its location, configuration and state. */
export interface Workspace {
  readonly project: Project
  readonly repository: Repository
  readonly config: CoreConfig
  readonly sections: ReadonlyMap<string, unknown>
  /** Plugins that `.piko.yml` names but that are not installed. */
  readonly absent: readonly AbsentPlugin[]
  readonly installed: Installed
  readonly loaded: Loaded
  readonly state: Database
  readonly machine: Database
  /** What git ignores in the main checkout (`readIgnoredEntries`). Read once: git searches all of it. */
  readIgnored(): Promise<readonly string[]>
  /** If opening it has settled a moved or copied project. Its environments are not regenerated yet. */
  readonly arrival?: Arrival
  close(): void
}

export interface WorkspaceRequest {
  /** Any folder of the project or of one of its worktrees. */
  readonly folder: string
  readonly packages: Iterable<InstalledPackage>
  /** The package whose own command is running. */
  readonly running?: string | undefined
  /** Uses the defaults if `.piko.yml` is invalid, so that commands that undo things still work. */
  readonly tolerant?: boolean
  /** Lets a moved or copied project arrive. Otherwise, it is refused if it has environments. */
  readonly settles?: boolean
  /** How the databases are opened. Default: `write`. */
  readonly access?: Access
}

/** Opens the project that contains a folder. Throws if there is none or its configuration is invalid. */
export async function openWorkspace(request: WorkspaceRequest): Promise<Workspace> {
  const repository = await findHome(request.folder)
  const root = repository.mainCheckout
  const { access = 'write' } = request
  if (access !== 'blank') await guardState(repository)
  const installed = findPlugins(request.packages)
  const loaded = await loadUsed(request, { installed, root })
  const checked = await readConfig(root, loaded).catch((error: unknown) => {
    if (request.tolerant) return defaults(loaded)
    throw error
  })
  if (access === 'write') await prepareFolder(root)
  const machine = openMachineState(access)
  const state = openProjectState(root, access)
  if (!state.memory) keepState(root, repository.gitCommonDir)
  const usable = withTables(loaded, [state, machine])
  const place = { state, machine, root }
  const arrival = findArrival(place)
  if (arrival && !request.settles) requireSettled(place, arrival)
  if (arrival) await settle({ state, repository, arrival })
  const wanted = projectSlug(checked.config.project ?? basename(root))
  const project = identify(place, { wanted, isCopy: arrival?.kind === 'copied' })
  if (arrival) registerWorktrees(machine, state, project.id)
  const close = () => {
    state.close()
    machine.close()
  }
  let ignored: Promise<readonly string[]> | undefined
  const readIgnored = () => (ignored ??= readIgnoredEntries(root))
  const databases = { state, machine }
  const opened = {
    project,
    repository,
    ...checked,
    installed,
    loaded: usable,
    ...databases,
    readIgnored,
    close,
  }
  return arrival ? { ...opened, arrival } : opened
}

async function prepareFolder(root: string): Promise<void> {
  const folder = join(root, '.piko')
  await hideFolder(folder).catch((cause: unknown) => {
    throw stateErrors.STATE_UNREADABLE({ file: folder, cause })
  })
}

/** The definitions of the plugins that the project around a folder uses; elsewhere, of those that come with piko. */
export async function loadPluginsIn(request: WorkspaceRequest): Promise<Loaded> {
  const installed = findPlugins(request.packages)
  const repository = await findHome(request.folder).catch(() => undefined)
  if (!repository) return loadPlugins(installed, ({ bundled }) => bundled)
  return loadUsed(request, { installed, root: repository.mainCheckout })
}

/** The plugins that are active in this project's environments, by `.piko.yml` or by detection. */
export function activePlugins(workspace: Workspace): Promise<readonly ActivePlugin[]> {
  const { loaded, sections, absent, config, project } = workspace
  return enablePlugins({ loaded, sections, absent, choice: config.plugins, view: viewOf(project.root) })
}

/** The active plugins that are installed and valid. For reading an environment, never for changing it. */
export function presentPlugins(workspace: Workspace): Promise<readonly ActivePlugin[]> {
  const { loaded, sections, config, project } = workspace
  return enablePresent({ loaded, sections, choice: config.plugins, view: viewOf(project.root) })
}

/**
 * The plugins that `.piko.yml` or their detection activates, even if the choice has other problems. For reading the
 * project.
 */
export async function wantedPlugins(workspace: Workspace): Promise<readonly ActivePlugin[]> {
  const decisions = await decisionsIn(workspace)
  return decisions
    .filter(
      ({ wanted, plugin }) => wanted && (!plugin.definition.config || workspace.sections.has(plugin.name)),
    )
    .map(({ plugin, because }) => activate(plugin, { because, sections: workspace.sections }))
}

/** The decision for every installed plugin. */
export function decisionsIn({ loaded, sections, config, project }: Workspace): Promise<readonly Enabled[]> {
  return decidePlugins({ loaded, sections, choice: config.plugins, view: viewOf(project.root) })
}

/** Every plugin that could be loaded, active or not: an inactive one may have something to undo. */
export function installedPlugins({ loaded, sections }: Workspace): readonly ActivePlugin[] {
  return loaded.plugins.map(plugin => activate(plugin, { because: 'installed', sections }))
}

export function viewOf(root: string): ProjectView {
  return {
    root,
    exists: path =>
      access(join(root, path)).then(
        () => true,
        () => false,
      ),
    readText: path => readFile(join(root, path), 'utf8').catch(() => undefined),
  }
}

async function loadUsed(
  { running }: WorkspaceRequest,
  { installed, root }: { readonly installed: Installed; readonly root: string },
): Promise<Loaded> {
  if (installed.candidates.every(({ bundled }) => bundled)) return loadPlugins(installed, () => true)
  const config = await readConfigFile(root).then(
    ({ value }) => value,
    () => ({}), // reported when it is checked
  )
  const uses = { config, made: readMakers(root), running }
  return loadPlugins(installed, candidate => isInUse(candidate, uses))
}

async function readConfig(root: string, loaded: Loaded): Promise<CheckedConfig> {
  return check(loaded, await readConfigFile(root))
}

function defaults(loaded: Loaded): Promise<CheckedConfig> {
  return check(loaded, parseConfig('', '.piko.yml'))
}

function check(loaded: Loaded, document: Awaited<ReturnType<typeof readConfigFile>>): Promise<CheckedConfig> {
  const sections = loaded.plugins.flatMap(({ name, definition }) =>
    definition.config ? [{ name, config: definition.config }] : [],
  )
  const knownPlugins = [...loaded.plugins, ...loaded.broken].map(({ name, packageName }) => ({
    name,
    package: packageName,
  }))
  return checkConfig({ document, core: coreSchema, sections, knownPlugins })
}

/**
 * A plugin whose tables cannot be created is treated like one that cannot be loaded, and does not affect the others.
 */
function withTables(loaded: Loaded, databases: readonly Database[]): Loaded {
  const broken = loaded.plugins.flatMap(({ name, packageName, version, definition }) => {
    try {
      migratePlugin(databases, { name, migrations: definition.migrations ?? [] })
      return []
    } catch (error) {
      if (detailsOf(error) === undefined) throw error
      return [{ name, packageName, version, error: tablesBroken({ packageName, version }, error as Failure) }]
    }
  })
  const plugins = loaded.plugins.filter(({ name }) => !broken.some(other => other.name === name))
  return { plugins, broken: [...loaded.broken, ...broken] }
}

function migratePlugin(
  databases: readonly Database[],
  { name, migrations }: { name: string; migrations: Parameters<typeof migrate>[1]['migrations'] },
): void {
  if (migrations.length === 0) return
  for (const database of databases) migrate(database, { name, migrations, tablePrefix: tablePrefix(name) })
}
