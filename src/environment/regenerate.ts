import { detailsOf, type EnvironmentStatus, type Failure } from '@piko/sdk'
import { existsSync } from 'node:fs'
import type { Narrator } from '../lifecycle/narrator.js'
import { lastWithoutEngine } from '../lifecycle/phases.js'
import type { Workspace } from '../workspace/open.js'
import { type EnvironmentRecord, readEnvironments } from './record.js'
import { upEnvironment } from './up.js'

export interface Regenerated {
  readonly name: string
  readonly isStarted: boolean
  /** Why it could not be regenerated. */
  readonly error?: Failure
}

interface Request {
  readonly workspace: Workspace
  readonly version: string
  readonly narrator: Narrator
  /** Left out: the caller brings it up itself. */
  readonly except?: string
}

/**
 * Writes the files of a moved or copied project's environments again, as they contain paths, and recreates the
 * containers of running ones, as their bind mounts do. One that fails does not keep the others from it.
 */
export async function regenerateAll(request: Request): Promise<readonly Regenerated[]> {
  const regenerated: Regenerated[] = []
  for (const record of readEnvironments(request.workspace.state)) {
    const through = throughOf(record.status)
    if (record.name === request.except || !through || !existsSync(record.path)) continue
    regenerated.push(await regenerate(request, { record, through }))
  }
  return regenerated
}

async function regenerate(
  request: Request,
  {
    record,
    through,
  }: { readonly record: EnvironmentRecord; readonly through: 'attach' | typeof lastWithoutEngine },
): Promise<Regenerated> {
  const { name } = record
  const isStarted = through === 'attach'
  try {
    // Whoever has not approved a branch at this place yet is told by the error.
    await upEnvironment({ ...request, record, verb: 'up', through, consent: { isGiven: false } })
    return { name, isStarted }
  } catch (error) {
    if (!detailsOf(error)) throw error
    return { name, isStarted, error: error as Failure }
  }
}

/** Undefined for one that an interrupted process left incomplete: resuming or destroying it is the user's choice. */
function throughOf(status: EnvironmentStatus): 'attach' | typeof lastWithoutEngine | undefined {
  if (status === 'running') return 'attach'
  return status === 'prepared' || status === 'stopped' || status === 'failed' ? lastWithoutEngine : undefined
}
