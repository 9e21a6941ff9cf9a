import { detailsOf, type ErrorDetails } from '@piko/sdk'

/** The details of the error that `action` throws; fails if it throws none. */
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
