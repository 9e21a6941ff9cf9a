import { detailsOf, type ErrorDetails } from '@piko/sdk'

/** The details of what `action` throws; an error of its own when it throws nothing. */
export async function failing(action: () => unknown): Promise<ErrorDetails> {
  try {
    await action()
  } catch (error) {
    const details = detailsOf(error)
    if (details) return details
    throw error
  }
  throw new Error('expected a failure, and nothing was thrown')
}
