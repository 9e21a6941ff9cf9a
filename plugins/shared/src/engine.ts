import { engineFact, projectFact } from '@piko/plugin-compose/contract'
import {
  askEngine,
  askForEach,
  type Changing,
  type Looking,
  onEngine,
  readEngine,
  runDocker,
} from '@piko/plugin-compose/contract/engine'
import { detailsOf } from '@piko/sdk'
import * as z from 'zod'
import { sharedApart } from './contract.js'

/** The context on the engine that the shared services run on. */
export async function onSharedEngine<Given extends Looking>(context: Given): Promise<Given> {
  return onEngine(context, context.fact(engineFact, sharedApart) ?? (await readEngine()))
}

const listed = z.array(z.object({ Id: z.string() }))

const inspected = z
  .object({
    Id: z.string(),
    Name: z.string(),
    State: z.object({ Status: z.string(), Health: z.object({ Status: z.string() }).nullish() }),
    Config: z.object({ Labels: z.record(z.string(), z.string()).nullable() }),
    NetworkSettings: z.object({
      Networks: z.record(z.string(), z.object({ Aliases: z.array(z.string()).nullish() })).nullish(),
    }),
  })
  .transform(({ Id, Name, State, Config, NetworkSettings }) => ({
    id: Id,
    name: Name.replace(/^\//, ''),
    service: Config.Labels?.['com.docker.compose.service'] ?? '',
    status: State.Status,
    health: State.Health?.Status ?? 'none',
    /** By network: the names by which it is known there. */
    networks: new Map(
      Object.entries(NetworkSettings.Networks ?? {}).map(([name, { Aliases }]) => [name, Aliases ?? []]),
    ),
  }))

export type SharedContainer = z.output<typeof inspected>

/** The containers of the shared services, running or not. */
export async function fetchShared(context: Looking): Promise<readonly SharedContainer[]> {
  const project = context.fact(projectFact, sharedApart)
  if (project === undefined) return []
  const label = [
    `com.docker.compose.project=${project}`,
    'com.docker.compose.oneoff=False',
    'dev.piko.project',
  ]
  const question = { path: '/containers/json', query: { all: 'true' }, filters: { label } }
  const ids = (await askEngine(context, listed, question)) ?? []
  return askForEach(
    context,
    inspected,
    ids.map(({ Id }) => `/containers/${Id}/json`),
  )
}

export function isUp({ status, health }: SharedContainer): boolean {
  return status === 'running' && health !== 'unhealthy' && health !== 'starting'
}

/** Attaches under these names. A network that has gone, or an attachment that another run has made meanwhile, is fine. */
export async function connect(
  context: Changing,
  facts: { readonly network: string; readonly container: string; readonly aliases: readonly string[] },
): Promise<void> {
  const aliases = facts.aliases.flatMap(alias => ['--alias', alias])
  try {
    await runDocker(context, ['network', 'connect', ...aliases, facts.network, facts.container])
  } catch (error) {
    if (!(await isConnected(context, facts)) && (await isThere(context, facts.network))) throw error
  }
}

/** Takes off; not being attached, and a network or a container that has gone, are fine. */
export async function disconnect(
  context: Changing,
  facts: { readonly network: string; readonly container: string },
): Promise<void> {
  try {
    await runDocker(context, ['network', 'disconnect', '-f', facts.network, facts.container])
  } catch (error) {
    if (await isConnected(context, facts)) throw error
  }
}

async function isConnected(
  context: Looking,
  { network, container }: { readonly network: string; readonly container: string },
): Promise<boolean> {
  const found = await askEngine(context, inspected, { path: `/containers/${container}/json` })
  return found?.networks.has(network) ?? false
}

async function isThere(context: Looking, network: string): Promise<boolean> {
  return (await askEngine(context, z.unknown(), { path: `/networks/${network}` })) !== undefined
}

/** Runs a program in a container and answers what it printed. */
export async function execIn(
  context: Changing,
  container: string,
  { words, input }: { readonly words: readonly string[]; readonly input?: string },
): Promise<string> {
  const options = input === undefined ? {} : { input }
  const flags = input === undefined ? [] : ['-i']
  const { stdout } = await runDocker(context, ['exec', ...flags, container, ...words], options)
  return stdout
}

/** The last lines of a program that failed. */
export function lastWords(error: unknown): readonly string[] {
  return (detailsOf(error)?.details ?? [String(error)]).filter(line => line.trim() !== '')
}
