import {
  type Changing,
  type Container,
  fetchContainer,
  type Looking,
  runDocker,
} from '@piko/plugin-compose/contract/engine'
import { composeFile, proxyFolder, proxyProject } from './place.js'

export const digestLabel = 'dev.piko.proxy'

export function proxyContainer(): string {
  return `${proxyProject()}-caddy-1`
}

/** The labels of the proxy's objects. The project lets compose disconnect it from a network that is being removed. */
export function proxyLabels(): Readonly<Record<string, string>> {
  return {
    'dev.piko.project': proxyProject(),
    'dev.piko.environment': 'proxy',
    'dev.piko.root': proxyFolder(),
  }
}

/** The container with the proxy's name, whoever created it. */
export function fetchProxy(context: Looking): Promise<Container | undefined> {
  return fetchContainer(context, proxyContainer())
}

export function isOurs(labels: Readonly<Record<string, string>>): boolean {
  return labels['dev.piko.root'] === proxyFolder()
}

/** Runs `docker compose` on the proxy's project. */
export async function runProxyCompose(context: Changing, words: readonly string[]): Promise<void> {
  await runDocker(context, ['compose', '-p', proxyProject(), '-f', composeFile(), ...words])
}
