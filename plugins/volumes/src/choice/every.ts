import { detailsOf, type Environment, type Host } from '@piko/sdk'

/** The subject of a command: one environment, or all of the project. */
export interface Subjects {
  readonly environments: readonly Environment[]
  readonly isAll: boolean
}

/** The named environment, or that of this folder. Without either, all environments of the project. */
export async function requireSubjects(host: Host, name: string | undefined): Promise<Subjects> {
  try {
    return { environments: [await host.environment(name)], isAll: false }
  } catch (error) {
    if (name !== undefined || detailsOf(error)?.code !== 'ENVIRONMENT_UNNAMED') throw error
    return { environments: await host.environments(), isAll: true }
  }
}

/** The result for one environment. If all were requested, one without volumes gives an empty result. */
export async function unlessNotMade<Answer>(
  work: Promise<readonly Answer[]>,
  { isAll }: Subjects,
): Promise<readonly Answer[]> {
  return work.catch((error: unknown) => {
    if (isAll && detailsOf(error)?.code === 'VOLUMES_NOT_MADE') return []
    throw error
  })
}
