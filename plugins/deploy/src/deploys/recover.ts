import type { Host } from '@piko/sdk'
import { deployRun, retireRun } from '../contract.js'
import { deployErrors } from '../errors/deploys.js'
import { type Deploy, deploys, isFinal } from '../store/deploys.js'
import { instances } from '../store/instances.js'
import { stages } from '../store/stages.js'
import type { Reading } from '../store/table.js'
import { isAlive } from './process.js'

/** Cleans up after deploys whose process was killed. Every command about stages begins with it. */
export async function recover(host: Host): Promise<void> {
  const context = await host.openProject('deploy')
  const killed = deploys.all(context).filter(one => !isFinal(one) && !isAlive(one.process))
  for (const stage of new Set(killed.map(one => one.stage))) {
    const { name } = stages.require(context, stage)
    await host.takeBack(deployRun, name)
    await endKilled(
      host,
      killed.filter(one => one.stage === stage),
    )
  }
  for (const { id, name } of stages.all(context))
    if (isLeftRunning(context, id)) await host.run(retireRun, { key: name, input: { stage: name } })
}

/** What had begun is undone and ended by now; what was still waiting has nothing to undo. */
async function endKilled(host: Host, killed: readonly Deploy[]): Promise<void> {
  const { message: error } = deployErrors.DEPLOY_INTERRUPTED().details
  await host.changeProject('deploy', async context => {
    for (const { id } of killed) {
      const deploy = deploys.require(context, id)
      const end = isFinal(deploy) ? {} : { status: 'failed' as const, finishedAt: new Date().toISOString() }
      deploys.update(context, id, { ...end, error: deploy.error ?? error })
    }
  })
}

/** An old release that a killed process did not come to stop. */
function isLeftRunning(context: Reading, stage: string): boolean {
  const all = deploys.of(context, stage)
  if (all.some(one => isAlive(one.process))) return false
  return instances
    .of(context, stage)
    .some(({ isCurrent, status }) => !isCurrent && (status === 'running' || status === 'removing'))
}
