import { definePlugin, defineStep, type Phase, type Step } from '@piko/sdk'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ActivePlugin } from '#src/lifecycle/active-plugin.js'

/** A failure at one step, before or after its change. */
export interface Accident {
  readonly step: string
  readonly when: 'before' | 'after'
  readonly how: 'throw' | 'kill' | 'hang' | 'not-json'
}

/** A world is a folder: each fake step adds its own file and removes it again. */
export function fakePlugins(world: string, accident?: Accident): readonly ActivePlugin[] {
  const step = (id: `${string}:${string}`, phase: Phase, more: Partial<Step> = {}) =>
    fakeStep(world, { id, phase, accident, more })
  return [
    active('ground', [step('ground:reserve', 'reserve'), step('ground:checkout', 'checkout')]),
    active('model', [
      step('model:read', 'resolve'),
      step('model:write', 'prepare'),
      step('model:network', 'start'),
      step('model:up', 'start', { after: ['model:network'] }),
    ]),
    active('data', [step('data:volume', 'data', { holdsData: true })]),
    active('attach', [step('attach:shared', 'start', { after: ['model:network'], before: ['model:up'] })]),
    active('script', [step('script:setup', 'setup')]),
    active('proxy', [step('proxy:entry', 'route', { onDown: 'keep' }), step('proxy:attach', 'route')]),
    active('session', [step('session:open', 'attach', { onDown: 'keep' })]),
  ]
}

export function active(name: string, steps: readonly Step[]): ActivePlugin {
  const definition = definePlugin({ name, summary: `The fake ${name}`, steps })
  return {
    name,
    packageName: `piko-plugin-${name}`,
    version: '1.0.0',
    definition,
    config: {},
    because: 'a fake',
  }
}

export function filesOf(world: string): readonly string[] {
  return existsSync(world) ? readdirSync(world).sort() : []
}

function fakeStep(
  world: string,
  {
    id,
    phase,
    accident,
    more,
  }: { id: `${string}:${string}`; phase: Phase; accident: Accident | undefined; more: Partial<Step> },
): Step {
  const file = join(world, id.replace(':', '.'))
  const mayHappen = async (when: Accident['when']) => {
    if (accident?.step !== id || accident.when !== when) return
    if (accident.how === 'kill') process.kill(process.pid, 'SIGKILL')
    if (accident.how === 'throw') throw new Error(`accident at ${id}`)
    if (accident.how === 'hang') await new Promise(() => setInterval(() => undefined, 1000))
  }
  return defineStep({
    id,
    title: `Doing ${id}`,
    phase,
    ...more,
    async do() {
      await mayHappen('before')
      mkdirSync(world, { recursive: true })
      writeFileSync(file, '')
      await mayHappen('after')
      return accident?.how === 'not-json' && accident.step === id ? (new Date() as never) : { file }
    },
    undo() {
      rmSync(file, { force: true })
      return Promise.resolve()
    },
  })
}
