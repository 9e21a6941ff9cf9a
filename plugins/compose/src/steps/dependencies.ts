import { defineStep, type EnvironmentContext, leadsOutside, type StepContext } from '@piko/sdk'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ComposeConfig } from '../config.js'
import { projectFact } from '../contract.js'
import { install } from '../dependencies/install.js'
import { unlockWorktree } from '../dependencies/unlock.js'
import { engineErrors } from '../errors/engine.js'
import { type Installed, installedHere, needsVolume, volumeName } from '../override/dependency-volumes.js'
import { runDocker } from '../docker.js'
import { fetchOwnContainers } from '../engine/containers.js'
import { createVolume, fetchVolumes, removeVolumes } from '../engine/volumes.js'
import { isOwned, ownerOf } from '../labels.js'
import { requireModel } from '../model/require.js'

type Context = StepContext<ComposeConfig>

type Receipt = {
  readonly volumes: readonly string[]
  /** By path: a digest of everything that decides the installation. */
  readonly installed: Readonly<Record<string, string>>
  /** Paths installed by the last run. */
  readonly now: readonly string[]
}

/** Installs dependencies in containers, into volumes. Its undo opens folders that containers locked in the worktree. */
export const dependencies = defineStep({
  id: 'compose:dependencies',
  title: 'Installing dependencies',
  undoTitle: 'Removing volumes and images',
  phase: 'start',
  after: ['compose:network'],
  before: ['compose:up'],
  onDown: 'keep',
  timeLimit: 3600,

  async plan(context: EnvironmentContext<ComposeConfig>, receipt: Receipt) {
    const due = []
    for (const installed of installedHere(context))
      if (!(await isDone(context, { installed, receipt }))) due.push(installed.path)
    if (due.length === 0) return { action: 'nothing', because: 'all dependencies are installed' }
    return { action: 'change', because: `to be installed: ${due.join(', ')}` }
  },

  preview(context: Context) {
    const paths = installedHere(context).map(({ path }) => path)
    const preview = { lines: [`Installing ${paths.join(', ')} in a container`], answer: { install: paths } }
    return Promise.resolve(paths.length === 0 ? undefined : preview)
  },

  async do(context: Context, before: Receipt | undefined): Promise<Receipt> {
    const model = requireModel(context)
    const done: Record<string, string> = {}
    const volumes = new Set(before?.volumes)
    const now: string[] = []
    for (const installed of installedHere(context)) {
      const digest = await digestOf(context, installed)
      done[installed.path] = digest
      if (before && (await isDone(context, { installed, receipt: before }))) continue
      context.progress(`${installed.path}: ${installed.command}`)
      const isNew = needsVolume(installed) && (await requireVolume(context, installed))
      if (needsVolume(installed)) volumes.add(volumeName(model.project, installed))
      await install(context, { model, installed, isNew })
      now.push(installed.path)
    }
    return { volumes: [...volumes], installed: done, now }
  },

  async undo(context: Context, receipt: Receipt | undefined) {
    const project = receipt === undefined ? context.fact(projectFact) : undefined
    const named = installedHere(context).flatMap(one =>
      project === undefined ? [] : [volumeName(project, one)],
    )
    const found = await fetchVolumes(context, [...new Set([...(receipt?.volumes ?? []), ...named])])
    const own = found.filter(({ labels }) => isOwned(labels, ownerOf(context))).map(({ name }) => name)
    await removeLeft(context, own)
    await removeVolumes(context, own)
    await unlockWorktree(context)
  },

  report: ({ now }) => (now.length === 0 ? undefined : `Installed ${now.join(', ')} in a container`),
})

/** Creates the volume if needed and returns whether it did. It holds no data, so removing it needs no confirmation. */
async function requireVolume(context: Context, installed: Installed): Promise<boolean> {
  const owner = ownerOf(context)
  const name = volumeName(requireModel(context).project, installed)
  const [found] = await fetchVolumes(context, [name])
  if (found && !isOwned(found.labels, owner))
    throw engineErrors.COMPOSE_VOLUME_FOREIGN({ name, environment: owner.environment })
  if (found) return false
  const labels = { 'dev.piko.dependencies': installed.path }
  await createVolume(context, { engineName: name, options: {}, labels }, owner)
  return true
}

async function isDone(
  context: EnvironmentContext<ComposeConfig>,
  { installed, receipt }: { readonly installed: Installed; readonly receipt: Receipt },
): Promise<boolean> {
  if (receipt.installed[installed.path] !== (await digestOf(context, installed))) return false
  if (!needsVolume(installed)) return true
  return (await fetchVolumes(context, [volumeName(requireModel(context).project, installed)])).length > 0
}

/** A digest of everything that decides the installation, as far as piko can see it. */
async function digestOf(
  { environment }: Pick<Context, 'environment'>,
  { lock, command, seen }: Installed,
): Promise<string> {
  const file = lock === undefined ? undefined : join(environment.path, lock)
  const isOwn = file !== undefined && !(await leadsOutside(environment.path, file))
  const text = isOwn ? await readFile(file, 'utf8').catch(() => '') : ''
  const parts = JSON.stringify([command, seen[0], text])
  return createHash('sha256').update(parts).digest('hex').slice(0, 16)
}

/** Removes what a killed installation left. */
async function removeLeft(context: Context, volumes: readonly string[]): Promise<void> {
  if (volumes.length === 0) return
  const containers = await fetchOwnContainers(context, ownerOf(context))
  const left = containers.filter(
    one => one.isOneOff && one.mounts.some(({ volume }) => volumes.includes(volume)),
  )
  if (left.length > 0) await runDocker(context, ['rm', '-f', '-v', ...left.map(({ id }) => id)])
}
