import { readEngine, readInvocation } from '@piko/plugin-compose/contract/engine'
import { detailsOf, type Host } from '@piko/sdk'
import type { DeployInput } from '../contract.js'
import type { Stage } from '../store/stages.js'

type ComposeConfig = Parameters<typeof readInvocation>[0]

/** What a deploy needs to know besides its record: where it runs, and how to read the Compose files. */
export async function readInput(host: Host, stage: Stage): Promise<Omit<DeployInput, 'deploy'>> {
  const { config, project } = await host.openProject<ComposeConfig>('compose')
  const engine = stage.engine === null ? await readEngine() : { context: stage.engine }
  const invocation = await readInvocation(config, { path: project.root, variables: {} }).catch(
    (error: unknown) => {
      if (detailsOf(error)?.code === 'COMPOSE_FILE_MISSING' && config.files === undefined) return null
      throw error
    },
  )
  return { stage: { engine, host: stage.host, hasRoute: stage.port !== null }, invocation }
}
