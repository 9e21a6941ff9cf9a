import { deployErrors } from '../errors/deploys.js'
import { composeModel } from '../model/release.js'
import { logs } from '../store/logs.js'
import type { Plan } from './plan.js'
import { note } from './record.js'
import type { Context, Situation } from './situation.js'

/** Runs the stage's `release` command, such as migrations, once in a container of the new image. */
export async function runReleaseCommand(context: Context, situation: Situation, plan: Plan): Promise<void> {
  const { stage, deploy, target, redact } = situation
  const command = stage.releaseCommand
  const released = plan.rest.find(({ service }) => service === stage.service)
  if (command === null || !released) return
  note(context, `Running ${command}`)
  const key = `${stage.service}-release-${deploy.number}`
  const container = `${situation.place.project}-${key}`
  const { healthcheck: _, ports: __, ...definition } = released.definition
  const task = {
    ...released,
    key,
    container,
    definition: {
      ...definition,
      container_name: container,
      entrypoint: ['/bin/sh', '-c', command.replaceAll('$', '$$$$')],
      command: [],
      restart: 'no',
      networks: { stage: {} },
    },
  }
  const { exitCode, lines } = await target.runOnce(
    composeModel([task], { ...situation, files: plan.files }),
    task,
  )
  for (const line of lines) logs.create(context, { deploy: deploy.id, level: 'info', message: redact(line) })
  if (exitCode !== 0)
    throw deployErrors.DEPLOY_RELEASE_FAILED({ command, exitCode, lines: lines.slice(-20).map(redact) })
}
