import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type CaddyConfig, config } from '#caddy/config.js'
import { keyOf } from '#caddy/routes/files.js'
import { attach } from '#caddy/steps/attach.js'
import { entry } from '#caddy/steps/entry.js'
import { names } from '#caddy/steps/names.js'
import type { Verb } from '@piko/sdk'
import type { TestContext } from '@piko/sdk/testing'
import { type ComposeWorld, makeWorld } from '../../../compose/test/support/world.js'
import type { Machine } from './machine.js'

/** An environment of the fixture `web-app` with its names, behind the machine's proxy. */
export interface CaddyWorld {
  readonly context: TestContext<CaddyConfig>
  readonly compose: ComposeWorld
  readonly key: string
  /** `feature.localhost` */
  readonly host: string
  /** Writes a file of the application. */
  write(file: 'who' | 'health', text: string): void
  as(verb: Verb): TestContext<CaddyConfig>
  /** Starts the containers and routes the names. */
  up(): Promise<void>
  dispose(): Promise<void>
}

export async function makeEnvironment(
  machine: Machine,
  options: { readonly environment: string; readonly config?: object },
): Promise<CaddyWorld> {
  const { environment } = options
  const compose = await makeWorld(resolve('plugins/caddy/test/fixtures/web-app'), { environment })
  const context = contextOf(machine, compose, config.schema.parse(options.config ?? {}))
  const write: CaddyWorld['write'] = (file, text) =>
    writeFileSync(join(context.environment.path, 'app', file), `${text}\n`)
  write('who', environment)
  return {
    context,
    compose,
    key: keyOf(context),
    host: `${environment}.localhost`,
    write,
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
    of === undefined ? base.fact(wanted) : (machine.facts.get(wanted.id) as never) // a run's fact belongs to the machine
  return { ...base, config: parsed, fact, ensure: machine.ensure }
}
