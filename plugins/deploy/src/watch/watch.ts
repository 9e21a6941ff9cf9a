import type { Host } from '@piko/sdk'
import { setTimeout as pause } from 'node:timers/promises'
import { deployTo } from '../deploys/deploy.js'
import { watchErrors } from '../errors/watch.js'
import { readStages } from '../stages/read.js'
import { readSettings } from '../store/settings.js'
import type { Stage } from '../store/stages.js'
import { findNew, type Memory, newMemory } from './look.js'
import { pauseAfter } from './pace.js'
import { asSoleWatcher } from './sole.js'

/** What a look has found about one stage. */
export interface Looked {
  readonly stage: string
  /** The tag that was deployed. Null if there was nothing new. */
  readonly deployed: string | null
  readonly problem: string | null
}

/** Looks once, and deploys what is new. */
export async function watchOnce(host: Host, memory: Memory = newMemory()): Promise<readonly Looked[]> {
  const looked: Looked[] = []
  for (const stage of await readWatched(host)) looked.push(await lookAt(host, stage, memory))
  return looked
}

/** Looks again and again, until it is interrupted. */
export async function watch(host: Host, onLook: (looked: Looked) => void): Promise<void> {
  const { context } = await readStages(host)
  const memory = newMemory()
  await readWatched(host)
  await asSoleWatcher(context.project.root, async () => {
    for (let failures = 0; ;) {
      const looked = await watchOnce(host, memory)
      looked.forEach(onLook)
      failures = looked.some(({ problem }) => problem !== null) ? failures + 1 : 0
      const seconds = readSettings(context).watchSeconds
      await pause(pauseAfter(failures, { seconds }), undefined, { signal: context.signal }).catch(() =>
        context.signal.throwIfAborted(),
      )
    }
  })
}

async function readWatched(host: Host): Promise<readonly Stage[]> {
  const watched = (await readStages(host)).all.filter(({ auto }) => auto)
  if (watched.length === 0) throw watchErrors.DEPLOY_WATCH_NOTHING()
  return watched
}

/** One stage's problem must not keep the others from their release. */
async function lookAt(host: Host, stage: Stage, memory: Memory): Promise<Looked> {
  const context = await host.openProject('deploy')
  try {
    const tag = await findNew(context, stage, memory)
    if (tag !== undefined) await deployTo(host, { stage, tag, kind: 'watch' })
    return { stage: stage.name, deployed: tag ?? null, problem: null }
  } catch (error) {
    context.signal.throwIfAborted()
    return {
      stage: stage.name,
      deployed: null,
      problem: error instanceof Error ? error.message : String(error),
    }
  }
}
