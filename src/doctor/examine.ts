import { detailsOf } from '@piko/sdk'
import { askChecks, checksOf } from '../environment/gates.js'
import { findMissingPlugins } from '../environment/missing-plugins.js'
import { readEnvironments } from '../environment/record.js'
import { regenerateAll } from '../environment/regenerate.js'
import { isLocked } from '../lifecycle/lock.js'
import { duplicateCommands } from '../plugins/commands.js'
import { describe, findTools } from '../plugins/tools.js'
import { beginCommand, type Command } from '../runs/begin-run.js'
import { recoverRun } from '../runs/defined-run.js'
import { findHalfDone } from '../runs/half-done.js'
import { environmentLock } from '../runs/locks.js'
import { projectScope } from '../runs/project-scope.js'
import { activePlugins, decisionsIn, openWorkspace, type Workspace } from '../workspace/open.js'
import { arrivalText } from '../output/arrival.js'
import { examineDependencies } from './examine-dependencies.js'
import { compareAll } from './compare.js'
import { examineState } from './examine-state.js'
import type { Finding } from './finding.js'
import { openSession, type Session } from '../host/session.js'

/** Checks everything that piko depends on, whatever its state is. With `fix`, repairs what can be repaired safely. */
export async function examine(
  session: Session,
  { fix }: { readonly fix: boolean },
): Promise<readonly Finding[]> {
  const opened = await attempt('Configuration', () => session.workspace({ settles: fix }))
  if (!('value' in opened)) return examineUnopened(session, { fix, opened })
  const workspace = opened.value
  const { narrator, packages } = session
  return beginCommand({ workspace, narrator, name: 'doctor' }, command =>
    examineAll(command, { session, duplicates: duplicateCommands(packages), fix }),
  )
}

/** The files of the state are checked even if they are sound: sound ones may still be read-only. */
async function examineUnopened(
  session: Session,
  { fix, opened }: { readonly fix: boolean; readonly opened: Finding },
): Promise<readonly Finding[]> {
  const state = await examineState(session.folder, fix)
  if (state.some(({ ok }) => ok)) return [...state, ...(await examine(openSession(session), { fix }))]
  return [...(state.length > 0 ? state : [opened]), ...(await examineTolerantly(session))]
}

async function examineAll(
  command: Command,
  { session, duplicates, fix }: { session: Session; duplicates: readonly string[]; fix: boolean },
): Promise<readonly Finding[]> {
  const { workspace } = command
  const undecided = (await decisionsIn(workspace)).flatMap(({ problem: error }) => error ?? [])
  return [
    { title: 'Configuration', ok: true, says: workspace.project.root, hints: [] },
    ...(await examineArrival(session, workspace)),
    ...workspace.loaded.broken.map(({ error }) => problem('Plugins', error)),
    ...undecided.map(error => problem('Plugins', error)),
    ...duplicates.map(title => ({ title, ok: false, hints: [] })),
    ...(await examinePlugins(workspace, command.interrupt.first)),
    ...(await examineDependencies(workspace)),
    ...examineEnvironments(workspace),
    ...examineMissing(workspace),
    ...(await examineRuns(command, fix)),
    ...(await examineDifferences(command, fix)),
  ]
}

/** Reports environments even if `.piko.yml` is invalid, and tools and plugins even if the state cannot be opened. */
async function examineTolerantly(session: Session): Promise<readonly Finding[]> {
  const opened = await attempt('Project', () => openWorkspace({ ...session, tolerant: true }))
  if ('value' in opened) {
    const broken = opened.value.loaded.broken.map(({ error }) => problem('Plugins', error))
    return [...broken, ...examineEnvironments(opened.value), ...examineMissing(opened.value)]
  }
  const blank = await attempt('Project', () => openWorkspace({ ...session, tolerant: true, access: 'blank' }))
  return 'value' in blank ? examinePlugins(blank.value, AbortSignal.timeout(60_000)) : []
}

async function examinePlugins(workspace: Workspace, signal: AbortSignal): Promise<readonly Finding[]> {
  const active = await attempt('Plugins', () => activePlugins(workspace))
  if (!('value' in active)) return [active]
  const tools = await findTools(active.value)
  const scope = projectScope(workspace, active.value)
  const asked = { checks: checksOf(active.value), verb: 'look', signal } as const
  const checks = await askChecks(scope, asked)
  const names = active.value.map(({ name }) => name).join(', ')
  return [
    { title: 'Plugins', ok: true, says: names || 'none', hints: [] },
    ...tools.map(found => ({
      title: describe(found),
      ok: found.fits,
      hints: found.fits ? [] : [found.tool.install],
    })),
    ...checks.map(({ check, result }) => {
      if (!result.ok) return { title: result.problem.message, ok: false, hints: result.problem.hints ?? [] }
      return { title: check.title, ok: true, ...(result.says ? { says: result.says } : {}), hints: [] }
    }),
  ]
}

/** Environments that an interrupted process left incomplete. */
function examineEnvironments({ state, project }: Workspace): readonly Finding[] {
  return readEnvironments(state)
    .filter(
      ({ name, status }) => incompleteStatuses.has(status) && !isLocked(environmentLock(project.root, name)),
    )
    .map(({ name, branch, status }) => ({
      title: `Environment ${name} is incomplete (${status})`,
      ok: false,
      hints: [...resumeHints(status, { name, branch }), `To remove it, run \`piko destroy ${name}\``],
    }))
}

/** Environments with steps that only a plugin that is no longer installed can undo. */
function examineMissing(workspace: Workspace): readonly Finding[] {
  return readEnvironments(workspace.state).flatMap(({ name }) =>
    findMissingPlugins(workspace, name).map(({ plugin, packageName, steps }) => ({
      title: `The plugin ${plugin}, which ran ${steps.join(', ')} in the environment ${name}, is not installed`,
      ok: false,
      hints: [
        `To destroy it and leave that in place, run \`piko destroy ${name} --forget\``,
        `To install the plugin, run \`piko plugins install ${packageName}\``,
      ],
    })),
  )
}

function resumeHints(status: string, { name, branch }: { name: string; branch: string }): readonly string[] {
  if (status === 'destroying') return []
  const command = status === 'creating' ? `piko create ${branch}` : `piko up ${name}`
  return [`To resume it, run \`${command}\``]
}

const incompleteStatuses: ReadonlySet<string> = new Set([
  'creating',
  'starting',
  'stopping',
  'failed',
  'destroying',
])

/** Runs about the project or the machine that an interrupted process left incomplete. */
async function examineRuns(command: Command, fix: boolean): Promise<readonly Finding[]> {
  const findings = findHalfDone(command.workspace).map(async ({ run, ...key }): Promise<Finding> => {
    const name = [run.id, ...Object.values(key)].join(' ')
    const hints = ['To undo what was not finished, run `piko doctor --fix`']
    if (!fix) return { title: `${name} was interrupted`, ok: false, hints }
    const recovered = await attempt(name, () => recoverRun(command, { run, ...key }))
    if (!('value' in recovered)) return recovered
    return { title: `Undid what ${name} had not finished`, ok: true, hints: [] }
  })
  return Promise.all(findings)
}

async function examineDifferences(
  { workspace, interrupt }: Command,
  fix: boolean,
): Promise<readonly Finding[]> {
  const differences = await compareAll({ workspace, signal: interrupt.first })
  const findings: Finding[] = []
  for (const { title, details = [], hints, fix: repair } of differences) {
    const found = { title: [title, ...details].join('\n    '), ok: false, hints }
    if (!fix || !repair) findings.push(found)
    else {
      const repaired = await attempt(title, repair)
      findings.push('value' in repaired ? { title: repaired.value, ok: true, hints: [] } : repaired)
    }
  }
  return findings
}

/** The project, if opening it has settled a move or a copy. */
async function examineArrival(session: Session, workspace: Workspace): Promise<readonly Finding[]> {
  const count = readEnvironments(workspace.state).length
  if (!workspace.arrival || count === 0) return []
  const arrived = { title: arrivalText(workspace.arrival, count), ok: true, hints: [] }
  const regenerated = await regenerateAll({ ...session, workspace })
  const failed = regenerated.flatMap(({ name, error }) =>
    error ? [problem(`Environment ${name}`, error)] : [],
  )
  return [arrived, ...failed]
}

async function attempt<Value>(
  title: string,
  work: () => Promise<Value>,
): Promise<Finding | { readonly value: Value }> {
  try {
    return { value: await work() }
  } catch (error) {
    return problem(title, error)
  }
}

function problem(title: string, error: unknown): Finding {
  const details = detailsOf(error)
  if (details) {
    const says = [details.message, ...(details.details ?? [])].join('\n  ')
    return { title, ok: false, says, hints: details.hints ?? [] }
  }
  if (!isFromSystem(error)) throw error
  return { title, ok: false, says: error.message, hints: [] }
}

/** A full disk or a missing permission, as Node or SQLite reports it. */
function isFromSystem(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^(SQLITE_|E[A-Z]+$)/.test(String(error.code))
}
