import { askEngine, type Changing, type Looking, runDocker } from '@piko/plugin-compose/contract/engine'
import * as z from 'zod'
import { composeFile, proxyFolder, proxyProject } from './place.js'

/** The container of the proxy, and the networks that it is on. Docker is run by the door of the compose plugin. */

const inspected = z
  .object({
    Id: z.string(),
    Name: z.string(),
    State: z.object({ Status: z.string() }),
    Config: z.object({ Image: z.string(), Labels: z.record(z.string(), z.string()).nullish() }),
    NetworkSettings: z.object({
      Networks: z
        .record(z.string(), z.object({ Aliases: z.array(z.string()).nullish(), IPAddress: z.string() }))
        .nullish(),
    }),
  })
  .transform(({ Id, Name, State, Config, NetworkSettings }) => ({
    id: Id,
    name: Name.replace(/^\//, ''),
    status: State.Status,
    image: Config.Image,
    labels: Config.Labels ?? {},
    networks: new Map(
      Object.entries(NetworkSettings.Networks ?? {}).map(([name, { Aliases, IPAddress }]) => [
        name,
        // A container that is stopped, or could not be attached, is on a network by name alone.
        { aliases: Aliases ?? [], isLive: IPAddress !== '' },
      ]),
    ),
  }))

export type ProxyContainer = z.output<typeof inspected>

export const digestLabel = 'dev.piko.proxy'

export function proxyContainer(): string {
  return `${proxyProject()}-caddy-1`
}

/** The labels of all that is the proxy's. The project lets compose take it off a network that is to go. */
export function proxyLabels(): Readonly<Record<string, string>> {
  return {
    'dev.piko.project': proxyProject(),
    'dev.piko.environment': 'proxy',
    'dev.piko.root': proxyFolder(),
  }
}

/** Whatever container has the proxy's name; undefined where none has. */
export function fetchProxy(context: Looking): Promise<ProxyContainer | undefined> {
  return askEngine(context, inspected, { path: `/containers/${proxyContainer()}/json` })
}

export function isOurs(labels: Readonly<Record<string, string>>): boolean {
  return labels['dev.piko.root'] === proxyFolder()
}

/** `docker compose` on the project of the proxy. */
export async function runProxyCompose(context: Changing, words: readonly string[]): Promise<void> {
  await runDocker(context, ['compose', '-p', proxyProject(), '-f', composeFile(), ...words])
}

export interface Attachment {
  readonly network: string
  readonly hosts: readonly string[]
}

/**
 * Puts the proxy on a network, where it answers to these hosts; its connections on other networks go on. Where it is on it
 * already by those names, nothing is done.
 */
export async function connect(
  context: Changing,
  proxy: ProxyContainer,
  { network, hosts }: Attachment,
): Promise<void> {
  const known = proxy.networks.get(network)
  if (known?.isLive && hosts.every(host => known.aliases.includes(host))) return
  if (known) await disconnect(context, proxy, network)
  const words = hosts.flatMap(host => ['--alias', host])
  await runDocker(context, ['network', 'connect', ...words, network, proxy.id])
}

export async function disconnect(context: Changing, proxy: ProxyContainer, network: string): Promise<void> {
  const words = ['network', 'disconnect', '--force', network, proxy.id]
  const { exitCode } = await runDocker(context, words, { allowFailure: true })
  if (exitCode === 0) return
  const now = await fetchProxy(context)
  if (now?.networks.get(network)?.isLive) await runDocker(context, words) // still there: it says why
}
