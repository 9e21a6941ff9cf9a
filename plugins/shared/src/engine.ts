import { engineFact, projectFact } from '@piko/plugin-compose/contract'
import {
  type Changing,
  type Container,
  fetchContainers,
  fetchLabelled,
  type Looking,
  onEngine,
  readEngine,
  runDocker,
} from '@piko/plugin-compose/contract/engine'
import { detailsOf } from '@piko/sdk'
import { sharedApart } from './contract.js'

/** A context's functions for docker, on the engine of the shared services. */
export async function onSharedEngine(context: Changing): Promise<Changing>
export async function onSharedEngine(context: Looking): Promise<Looking>
export async function onSharedEngine(context: Looking): Promise<Looking> {
  return onEngine(context, context.fact(engineFact, sharedApart) ?? (await readEngine()))
}

/** The containers of the shared services, running or not. */
export async function fetchShared(context: Looking): Promise<readonly Container[]> {
  const project = context.fact(projectFact, sharedApart)
  if (project === undefined) return []
  const labels = [
    `com.docker.compose.project=${project}`,
    'com.docker.compose.oneoff=False',
    'dev.piko.project',
  ]
  return fetchContainers(context, await fetchLabelled(context, labels))
}

export function isUp({ status, health }: Container): boolean {
  return status === 'running' && health !== 'unhealthy' && health !== 'starting'
}

/** Runs a program in a container and returns its output. */
export async function execIn(
  context: Changing,
  container: string,
  {
    words,
    input,
    user,
  }: { readonly words: readonly string[]; readonly input?: string; readonly user?: string },
): Promise<string> {
  const options = input === undefined ? {} : { input }
  const flags = [...(input === undefined ? [] : ['-i']), ...(user === undefined ? [] : ['--user', user])]
  const { stdout } = await runDocker(context, ['exec', ...flags, container, ...words], options)
  return stdout
}

/** The last lines of a program that failed. */
export function lastWords(error: unknown): readonly string[] {
  return (detailsOf(error)?.details ?? [String(error)]).filter(line => line.trim() !== '')
}
