import { engineFact } from '@piko/plugin-compose/contract'
import {
  type Container,
  fetchContainer,
  type Looking,
  onEngine,
  runDocker,
} from '@piko/plugin-compose/contract/engine'
import { setTimeout as delay } from 'node:timers/promises'
import type { VolumesContext } from '../context.js'
import { volumeErrors } from '../errors/volumes.js'
import { type Guard, startGuard } from './guard.js'
import { claimHalts, forgetHalts, type Halted, readStale } from './rows.js'

export interface Halting<Result> {
  readonly containers: readonly Container[]
  /** "while the volume data was copied" */
  readonly because: string
  work(): Promise<Result>
}

/**
 * Pauses containers during `work`, or stops them if they cannot be paused. They are resumed in any case: a guard
 * outside this process does it and, if that is killed too, the next command.
 */
export async function whileHalted<Result>(
  context: VolumesContext,
  { containers, because, work }: Halting<Result>,
): Promise<Result> {
  if (containers.length === 0) return work()
  const names = containers.map(({ name }) => name)
  await claim(context, containers, 'unpause')
  const { guard, resume } = await halt(context, containers)
  const begun = performance.now()
  const [ended] = await Promise.allSettled([work()])
  const goOn = (await guard.release()) || (await areRunning(context, containers))
  if (goOn) {
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    const ids = containers.map(({ id }) => id)
    forgetHalts(context, ids)
    context.say(
      `! ${resume === 'start' ? 'Stopped' : 'Paused'} ${names.join(', ')} for ${seconds} s, ${because}`,
    )
  }
  if (ended.status === 'rejected') throw ended.reason
  if (!goOn) throw volumeErrors.VOLUMES_NOT_RESUMED({ names, resume })
  return ended.value
}

/** Of two simultaneous copies from one container, the first to finish would resume it during the other. */
async function claim(
  context: VolumesContext,
  containers: readonly Container[],
  resume: Halted['resume'],
): Promise<void> {
  const engine = context.fact(engineFact) ?? null
  const rows = containers.map(({ id, name }) => ({ container: id, name, resume, pid: process.pid, engine }))
  for (;;) {
    context.signal.throwIfAborted()
    await resumeStale(context)
    const other = claimHalts(context, rows)
    if (other === undefined) return
    context.progress(`waiting for another piko (pid ${other}), which is copying the same data`)
    await delay(200, undefined, { signal: context.signal })
  }
}

interface Standing {
  readonly guard: Guard
  readonly resume: Halted['resume']
}

async function halt(context: VolumesContext, containers: readonly Container[]): Promise<Standing> {
  const ids = containers.map(({ id }) => id)
  const guard = await startGuard(context, { resume: 'unpause', containers: ids })
  try {
    await runDocker(context, ['pause', ...ids])
    return { guard, resume: 'unpause' }
  } catch (error) {
    await guard.release()
    if (context.signal.aborted) throw error
    context.debug(`not paused: ${String(error)}`)
  }
  await claim(context, containers, 'start')
  const second = await startGuard(context, { resume: 'start', containers: ids })
  try {
    await runDocker(context, ['stop', ...ids])
  } catch (error) {
    await second.release()
    throw error
  }
  return { guard: second, resume: 'start' }
}

/** A container that was removed or resumed meanwhile needs nothing. */
async function areRunning(context: VolumesContext, containers: readonly Container[]): Promise<boolean> {
  if (context.signal.aborted) return false
  const now = await Promise.all(containers.map(({ id }) => fetchContainer(context, id)))
  return now.every(container => container === undefined || container.status === 'running')
}

/**
 * Resumes containers halted by a killed piko. Its guard does the same, and would end the next halt if it came late.
 * So the guard goes first.
 */
export async function resumeStale(context: VolumesContext): Promise<void> {
  for (const row of readStale(context)) {
    const there = row.engine === null ? context : onEngine(context, row.engine)
    if (await staysHalted(there, row)) {
      await runDocker(there, [row.resume, row.container])
      context.say(`! Resumed ${row.name}, which a killed piko had paused`)
    }
    forgetHalts(context, [row.container])
  }
}

const GUARD_GRACE = 3000 // milliseconds; a busy engine takes about one second to resume a container

async function staysHalted(context: Looking, { container, resume }: Halted): Promise<boolean> {
  const halted = resume === 'unpause' ? 'paused' : 'exited'
  const deadline = performance.now() + GUARD_GRACE
  while ((await fetchContainer(context, container))?.status === halted) {
    if (performance.now() > deadline) return true
    await delay(100, undefined, { signal: context.signal })
  }
  return false
}
