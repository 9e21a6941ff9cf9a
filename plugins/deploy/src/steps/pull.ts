import { defineRunStep, detailsOf } from '@piko/sdk'
import type { DeployInput } from '../contract.js'
import { deployErrors } from '../errors/deploys.js'
import { readLogin } from '../registry/login.js'
import { referenceOf } from '../registry/reference.js'
import { recorded } from './record.js'
import { type Context, findRestored, type Situation, situationOf } from './situation.js'

/** Pulled images stay when a deploy fails: the next one needs them. */
export const pull = recorded(
  defineRunStep<unknown, DeployInput, null>({
    id: 'deploy:pull',
    title: 'Pulling images',
    undoTitle: 'Ending the deploy',
    timeLimit: 3600,

    async do(context) {
      const situation = situationOf(context)
      if (findRestored(context, situation.deploy)) return null
      for (const image of new Set(Object.values(situation.deploy.images)))
        await pullOne(context, situation, image)
      return null
    },

    async undo() {},
  }),
)

async function pullOne(context: Context, { target }: Situation, image: string): Promise<void> {
  const login = readLogin(context, referenceOf(image))
  try {
    await target.pull(image, { login, onLine: line => context.progress(line) })
  } catch (cause) {
    context.signal.throwIfAborted()
    const { message, details = [] } = detailsOf(cause) ?? { message: String(cause) }
    throw deployErrors.DEPLOY_PULL_FAILED({ image: referenceOf(image), lines: [message, ...details], cause })
  }
}
