import { detailsOf, failure } from '@piko/sdk'
import { engineFact } from '../contract.js'
import { lookDocker, type Looking, nameOf } from '../docker.js'
import { engineUnreachable } from './errors.js'

/** Asks the engine for something; where that fails because no engine answers, it is said so. */
export async function reaching<Answer>(context: Looking, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (cause) {
    throw await unlessUnreachable(context, cause)
  }
}

/** The same error, or, where no engine answers, the one that says so. */
export async function unlessUnreachable(context: Looking, cause: unknown): Promise<unknown> {
  if (detailsOf(cause)?.code !== 'TOOL_FAILED' || (await engineAnswers(context))) return cause
  return failure(engineUnreachable(nameOf(context.fact(engineFact)), cause))
}

export async function engineAnswers(context: Looking): Promise<boolean> {
  const args = ['version', '--format', '{{.Server.Version}}']
  return (await lookDocker(context, args, { allowFailure: true })).exitCode === 0
}
