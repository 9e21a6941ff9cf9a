import { Flags } from '@oclif/core'
import { type Environment, type FileChange, type StepContext, warningLines } from '@piko/sdk'
import { PikoCommand } from '@piko/sdk/command'
import { relative } from 'node:path'
import { envFlag } from '../arguments/env-flag.js'
import { changesFact, modelFact, scaledFact } from '../contract.js'
import { engineAnswers } from '../engine/reach.js'
import { fetchStates, type State, troubleOf } from '../engine/trouble.js'
import { requireServices } from '../engine/services.js'
import { ownerOf } from '../labels.js'
import { requireModel } from '../model/require.js'
import { differenceLines } from '../output/difference.js'
import { compareRenderings, type Rendering } from '../sync/compare.js'
import { findPending } from '../sync/pending.js'

export default class Sync extends PikoCommand {
  static override completes = ['environment'] as const
  static override summary = 'Apply changes of the Compose file or .piko.yml without starting anything'
  static override description =
    'Shows what has changed and what `piko up` would do. Starts and stops nothing, and needs no engine. Without ' +
    'NAME, uses the environment of the current folder.'
  static override examples = [
    {
      description: 'Apply what has changed, then start it',
      command: '<%= config.bin %> <%= command.id %> feature-auth && <%= config.bin %> up feature-auth',
    },
    {
      description: 'Print JSON, from inside the worktree',
      command: '<%= config.bin %> <%= command.id %> --json',
    },
  ]
  static override usage = 'sync [NAME]'
  static override strict = false
  static override flags = {
    env: envFlag,
    trust: Flags.boolean({
      summary: 'Approve what the branch and the commands of .piko.yml reach on this machine',
    }),
    verbose: Flags.boolean({ summary: 'Show every step and the output of its programs' }),
  }

  async run() {
    const { argv, flags } = await this.parse(Sync)
    const host = await this.host()
    const { environment } = await host.target(argv.map(String), flags.env)
    const context: StepContext<unknown> = await host.open('compose', environment)
    const before = renderingOf(context)
    const { trust, verbose } = flags
    const request = { verb: 'sync', through: 'prepare', trust, verbose } as const
    const { files = [] } = await host.wind(environment, request)
    const difference = compareRenderings(before, renderingOf(context), filesIn(environment, files))
    const isReachable = await engineAnswers(context)
    const states = isReachable ? await fetchStates(context, ownerOf(context)) : []
    const pending = findPending(context, situationOf(context, states))
    const troubles = findTroubles(states)
    const { warnings } = context
    for (const line of differenceLines({ difference, pending, environment: environment.name })) this.log(line)
    if (!isReachable) this.log('! Docker does not answer, so what runs could not be compared')
    for (const { service, how } of troubles) this.log(`! Service ${service} ${how}`)
    for (const line of warningLines(warnings)) this.log(line)
    return { environment: environment.name, ...difference, pending: pending ?? null, troubles, warnings }
  }
}

/** Failing services, so that `sync` does not call them up to date. */
function findTroubles(states: readonly State[]) {
  return states.flatMap(state => {
    const how = troubleOf(state)
    return how === undefined ? [] : [{ service: state.service, how }]
  })
}

/** Makes paths inside the worktree relative to it. */
function filesIn({ path: worktree }: Environment, files: readonly FileChange[]): readonly FileChange[] {
  return files.map(({ path, ...file }) => {
    const inside = relative(worktree, path)
    return { ...file, path: inside.startsWith('..') ? path : inside }
  })
}

function situationOf(context: StepContext<unknown>, rows: readonly State[]) {
  return { model: requireModel(context), rows, services: requireServices(context, []) }
}

function renderingOf(context: StepContext<unknown>): Rendering {
  const { ports }: Environment = context.environment
  const changes = [...(context.fact(changesFact) ?? []), ...(context.fact(scaledFact) ?? [])]
  const services = Object.keys(context.fact(modelFact)?.services ?? {})
  return { changes, ports, services }
}
