import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CaddyConfig, config } from '@piko/plugin-caddy/dist/config.js'
import { keyOf } from '@piko/plugin-caddy/dist/routes/files.js'
import { attach } from '@piko/plugin-caddy/dist/steps/attach.js'
import { entry } from '@piko/plugin-caddy/dist/steps/entry.js'
import { names } from '@piko/plugin-caddy/dist/steps/names.js'
import type { Verb } from '@piko/sdk'
import type { TestContext } from '@piko/sdk/testing'
import { type ComposeWorld, makeWorld } from '../../compose/support/world.js'
import type { Machine } from './machine.js'

/** An environment of the fixture `web-app`, or of another, with its names; the proxy is that of the machine. */
export interface CaddyWorld {
  readonly context: TestContext<CaddyConfig>
  readonly compose: ComposeWorld
  readonly key: string
  /** `feature.localhost` */
  readonly host: string
  /** Writes into a file of the application. */
  tell(file: 'who' | 'health', text: string): void
  as(verb: Verb): TestContext<CaddyConfig>
  /** The containers run and the names lead there. */
  up(): Promise<void>
  dispose(): Promise<void>
}

export async function makeEnvironment(
  machine: Machine,
  options: { readonly environment: string; readonly config?: object; readonly fixture?: string },
): Promise<CaddyWorld> {
  const { environment, fixture = 'web-app' } = options
  const compose = await makeWorld(fixture, { environment })
  const context = contextOf(machine, compose, config.schema.parse(options.config ?? {}))
  const tell: CaddyWorld['tell'] = (file, text) =>
    writeFileSync(join(context.environment.path, 'app', file), `${text}\n`)
  if (fixture === 'web-app') tell('who', environment)
  return {
    context,
    compose,
    key: keyOf(context),
    host: `${environment}.localhost`,
    tell,
    as: verb => ({ ...context, verb }),
    async up() {
      await compose.up()
      await names.do(context, undefined)
      await entry.do(context, undefined)
      await attach.do(context, undefined)
    },
    async dispose() {
      await attach.undo({ ...context, verb: 'destroy' }, undefined)
      await compose.dispose()
      await entry.undo({ ...context, verb: 'destroy' }, undefined)
    },
  }
}

function contextOf(machine: Machine, compose: ComposeWorld, parsed: CaddyConfig): TestContext<CaddyConfig> {
  const base = compose.context
  const fact: TestContext<CaddyConfig>['fact'] = (wanted, of) =>
    of === undefined ? base.fact(wanted) : (machine.facts.get(wanted.id) as never) // a run's fact is the machine's
  return { ...base, config: parsed, fact, ensure: machine.ensure }
}
