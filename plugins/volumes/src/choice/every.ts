import { detailsOf, type Environment, type Host } from '@piko/sdk'

/** What a command is about: one environment, or all of the project. */
export interface Subjects {
  readonly environments: readonly Environment[]
  readonly isAll: boolean
}

/** The named environment, or the one of this folder; without either, all environments of the project. */
export async function requireSubjects(host: Host, name: string | undefined): Promise<Subjects> {
  try {
    return { environments: [await host.environment(name)], isAll: false }
  } catch (error) {
    if (name !== undefined || detailsOf(error)?.code !== 'ENVIRONMENT_UNNAMED') throw error
    return { environments: await host.environments(), isAll: true }
  }
}

/** The answer about one environment; of one among all that has no volumes yet, an empty one. */
export async function unlessNotMade<Answer>(
  work: Promise<readonly Answer[]>,
  { isAll }: Subjects,
): Promise<readonly Answer[]> {
  return work.catch((error: unknown) => {
    if (isAll && detailsOf(error)?.code === 'VOLUMES_NOT_MADE') return []
    throw error
  })
}
