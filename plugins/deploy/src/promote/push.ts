import { pushWithLogin, runDocker } from '@piko/plugin-compose/contract/engine'
import { detailsOf, type StepContext } from '@piko/sdk'
import { promoteErrors } from '../errors/promote.js'
import { readLogin } from '../registry/login.js'
import type { Reading } from '../store/table.js'

/** Pushes an image of an environment's engine under another name, which the engine then forgets. */
export async function pushAs(
  context: StepContext<unknown>,
  store: Reading,
  { image, name }: { readonly image: string; readonly name: string },
): Promise<void> {
  const login = readLogin(store, name)
  await runDocker(context, ['image', 'tag', image, name])
  try {
    if (login)
      await pushWithLogin(context, { reference: name, login, onLine: line => context.progress(line) })
    else await runDocker(context, ['image', 'push', '--quiet', name])
  } catch (cause) {
    context.signal.throwIfAborted()
    const { message, details = [] } = detailsOf(cause) ?? { message: String(cause) }
    throw promoteErrors.DEPLOY_PROMOTE_NOT_PUSHED({ image: name, lines: [message, ...details], cause })
  } finally {
    await runDocker(context, ['image', 'rm', '--no-prune', name], { allowFailure: true })
  }
}
