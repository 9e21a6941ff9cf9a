import { detailsOf, type Failure, type Project, type ProjectView } from '@piko/sdk'
import { existsSync } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { registerProject } from '../leases/projects.js'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { tablePrefix } from '../lifecycle/context.js'
import type { InstalledPackage } from '../plugins/candidate.js'
import { tablesBroken } from '../plugins/errors.js'
import { activate, decidePlugins, type Enabled, enablePlugins, enablePresent } from '../plugins/enable.js'
import { findPlugins, type Installed } from '../plugins/find.js'
import { type Loaded, loadPlugins } from '../plugins/load.js'
import { type AbsentPlugin, type CheckedConfig, checkConfig } from '../project/check-config.js'
import { parseConfig } from '../project/config-document.js'
import { readConfigFile } from '../project/config-file.js'
import { type CoreConfig, coreSchema } from '../project/schema.js'
import { projectSlug } from '../project/slug.js'
import { openMachineState, openProjectState, projectStateFile } from '../state/databases.js'
import { migrate } from '../state/migrate.js'
import type { Database } from '../state/open.js'
import { hideFolder } from '../worktree/hide-folder.js'
import { findRepository } from '../worktree/find-repository.js'
import type { Repository } from '../worktree/repository.js'
import { projectCopied, projectMoved } from './errors.js'

/** A project that is open for work: where it is, what it is configured to be, and its state. */
export interface Workspace {
  readonly project: Project
  readonly repository: Repository
  readonly config: CoreConfig
  readonly sections: ReadonlyMap<string, unknown>
  /** Plugins that `.piko.yml` names and that are not installed. */
  readonly absent: readonly AbsentPlugin[]
  readonly installed: Installed
  readonly loaded: Loaded
  readonly state: Database
  readonly machine: Database
  close(): void
}

export interface WorkspaceRequest {
  /** Any folder of the project, or of one of its worktrees. */
  readonly folder: string
  readonly packages: Iterable<InstalledPackage>
  /** Goes on with the defaults when `.piko.yml` is faulty: what takes things back must work all the same. */
  readonly tolerant?: boolean
}

/** Opens the project around a folder. Throws when there is none, or its configuration is faulty. */
export async function openWorkspace(request: WorkspaceRequest): Promise<Workspace> {
  const repository = await findRepository(request.folder)
  const root = repository.mainCheckout
  const installed = findPlugins(request.packages)
  const loaded = await loadPlugins(installed)
  const checked = await readConfig(root, loaded).catch((error: unknown) => {
    if (request.tolerant) return defaults(loaded)
    throw error
  })
  await hideFolder(join(root, '.piko'))
  const machine = openMachineState()
  const state = openProjectState(root)
  const usable = withTables(loaded, [state, machine])
  const project = { name: projectName({ state, machine, root, config: checked.config }), root }
  const close = () => {
    state.close()
    machine.close()
  }
  return { project, repository, ...checked, installed, loaded: usable, state, machine, close }
}

/** The plugins that take part in this project's environments, by `.piko.yml` or by detection. */
export function activePlugins(workspace: Workspace): Promise<readonly ActivePlugin[]> {
  const { loaded, sections, absent, config, project } = workspace
  return enablePlugins({ loaded, sections, absent, choice: config.plugins, view: viewOf(project.root) })
}

/** Of those, the ones that are installed and work: to look at an environment, never to change it. */
export function presentPlugins(workspace: Workspace): Promise<readonly ActivePlugin[]> {
  const { loaded, sections, config, project } = workspace
  return enablePresent({ loaded, sections, choice: config.plugins, view: viewOf(project.root) })
}

/** Those that `.piko.yml` or their detection wants, whatever else is wrong with the choice: to look at the project. */
export async function wantedPlugins(workspace: Workspace): Promise<readonly ActivePlugin[]> {
  const decisions = await decisionsIn(workspace)
  return decisions
    .filter(
      ({ wanted, plugin }) => wanted && (!plugin.definition.config || workspace.sections.has(plugin.name)),
    )
    .map(({ plugin, because }) => activate(plugin, { because, sections: workspace.sections }))
}

/** Every installed plugin with the decision about it. */
export function decisionsIn({ loaded, sections, config, project }: Workspace): Promise<readonly Enabled[]> {
  return decidePlugins({ loaded, sections, choice: config.plugins, view: viewOf(project.root) })
}

/** Every plugin that could be loaded, to take back what one that is off by now has made. */
export function installedPlugins({ loaded, sections }: Workspace): readonly ActivePlugin[] {
  return loaded.plugins.map(plugin => activate(plugin, { because: 'installed', sections }))
}

/**
 * The name that the labels of this project's containers carry. Once given it stays: what was made under it must be found
 * again, also where the machine's registry was lost or `project:` has changed since.
 */
function projectName(facts: {
  readonly state: Database
  readonly machine: Database
  readonly root: string
  readonly config: CoreConfig
}): string {
  const { state, machine, root, config } = facts
  const isInUse =
    state.prepare('SELECT 1 FROM environments UNION ALL SELECT 1 FROM journal').get() !== undefined
  const given = state.prepare('SELECT name FROM project WHERE root = ?').pluck().get(root)
  if (isInUse && typeof given === 'string') return given
  if (isInUse) requireSamePlace(state, root)
  const name = registerProject(machine, { root, wanted: projectSlug(config.project ?? basename(root)) })
  state.prepare('INSERT OR REPLACE INTO project (root, name) VALUES (?, ?)').run(root, name)
  return name
}

/** Paths and labels of what was made lead to the folder that it was made in. */
function requireSamePlace(state: Database, root: string): void {
  const from = state.prepare('SELECT root FROM project').pluck().get()
  if (typeof from !== 'string') return
  if (existsSync(projectStateFile(from))) throw projectCopied({ from, to: root })
  throw projectMoved({ from, to: root })
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

/** A plugin whose tables cannot be made is set aside like one that cannot be loaded, and breaks nothing else. */
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
