import { defineRun, defineRunStep, type RunStepContext } from '@piko/sdk'
import { setTimeout as pause } from 'node:timers/promises'
import { placeFact, type RetireInput, retireRun, stageRun } from '../contract.js'
import { deploys, findCurrent, isFinal, originOf } from '../store/deploys.js'
import { type Instance, instances } from '../store/instances.js'
import { readSettings } from '../store/settings.js'
import { findStage, type Stage } from '../store/stages.js'
import { dockerTarget } from '../target/docker.js'
import type { Target } from '../target/target.js'

type Context = RunStepContext<unknown, RetireInput>

const stopOld = defineRunStep<unknown, RetireInput, { readonly stopped: readonly string[] }>({
  id: 'deploy:retire',
  title: 'Stopping the old release',
  undoTitle: 'Stopping the old release',
  timeLimit: 3600,

  async do(context) {
    const stage = findStage(context, context.input.stage)
    const place = stage && context.fact(placeFact, { run: stageRun, key: stage.name })
    if (!stage || !place) return { stopped: [] }
    const target = dockerTarget(context, place)
    const old = instances.of(context, stage.id).filter(one => isOver(context, one))
    for (const one of old) await stop(context, { target, stage, one })
    await prune(context, { target, stage })
    return { stopped: old.map(({ container }) => container) }
  },

  /** Stopping is what it is for; an interrupted one goes on with the next deploy. */
  async undo() {},
})

/** Ends what no longer serves. It may be interrupted and done again at any time. */
export const retire = defineRun<unknown, RetireInput>({
  ref: retireRun,
  title: 'Stopping the old release',
  once: true,
  steps: [stopOld],
})

/** It runs, serves nothing, and no deploy is about to make it serve. */
function isOver(context: Context, { stage, deploy, status, isCurrent }: Instance): boolean {
  if (isCurrent || status !== 'running' || !isFinal(deploys.require(context, deploy))) return false
  const waiting = deploys.of(context, stage).filter(one => !isFinal(one) && one.restores !== null)
  return !waiting.some(one => originOf(context, one).id === deploy)
}

interface Stopping {
  readonly target: Target
  readonly stage: Stage
}

async function stop(
  context: Context,
  { target, stage, one }: Stopping & { readonly one: Instance },
): Promise<void> {
  if (one.service === stage.service && stage.port !== null)
    await drain(context, { target, one, port: stage.port })
  await target.stop([one.container])
  instances.update(context, one.id, { status: 'stopped' })
}

/** Waits until its requests and WebSockets have finished, within the limit. */
async function drain(
  context: Context,
  { target, one, port }: { readonly target: Target; readonly one: Instance; readonly port: number },
): Promise<void> {
  const deadline = performance.now() + readSettings(context).drainSeconds * 1000
  for (;;) {
    const open = await target.countConnections(one.container, port)
    if (open === 0 || performance.now() > deadline) return
    context.progress(`Waiting for ${open} ${open === 1 ? 'connection' : 'connections'} of ${one.container}`)
    await pause(200, undefined, { signal: context.signal })
  }
}

/** Keeps the releases that `piko rollback` may return to. */
async function prune(context: Context, { target, stage }: Stopping): Promise<void> {
  const current = findCurrent(context, stage.id)
  const { keep } = readSettings(context)
  const origins = deploys
    .of(context, stage.id)
    .filter(one => one.status === 'success')
    .map(one => originOf(context, one))
  const kept = [...new Map(origins.toReversed().map(one => [one.id, one])).values()].slice(0, keep + 1)
  const needed = new Set(
    [...kept, ...(current ? [current] : [])].flatMap(({ serving }) => Object.values(serving)),
  )
  for (const { id, status, container } of instances.of(context, stage.id)) {
    if (needed.has(id) || (status !== 'stopped' && status !== 'removing')) continue
    instances.update(context, id, { status: 'removing' })
    await target.remove([container])
    instances.remove(context, id)
  }
}
