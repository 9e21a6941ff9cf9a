import {
  type Changing,
  type Container,
  fetchContainer,
  labelsOf,
  type Looking,
  runDocker,
} from '@piko/plugin-compose/contract/engine'
import { composeFile, proxyFolder, proxyProject } from './place.js'

export const digestLabel = 'dev.piko.proxy'

export function proxyContainer(): string {
  return `${proxyProject()}-caddy-1`
}

/** The labels of all that is the proxy's. The project lets compose take it off a network that is to go. */
export function proxyLabels(): Readonly<Record<string, string>> {
  return labelsOf({ project: proxyProject(), environment: 'proxy', root: proxyFolder() })
}

/** Whatever container has the proxy's name; undefined where none has. */
export function fetchProxy(context: Looking): Promise<Container | undefined> {
  return fetchContainer(context, proxyContainer())
}

export function isOurs(labels: Readonly<Record<string, string>>): boolean {
  return labels['dev.piko.root'] === proxyFolder()
}

/** `docker compose` on the project of the proxy. */
export async function runProxyCompose(context: Changing, words: readonly string[]): Promise<void> {
  await runDocker(context, ['compose', '-p', proxyProject(), '-f', composeFile(), ...words])
}
