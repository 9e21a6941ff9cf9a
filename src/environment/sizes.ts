import type { Size } from '@piko/sdk'
import { readFolderSize } from '../system/folder-size.js'
import type { Workspace } from '../workspace/open.js'
import { fetchSizes } from './live.js'
import type { EnvironmentRecord } from './record.js'

const LIMIT = 120_000 // milliseconds

/** The disk usage of an environment, and why parts of it are unknown. */
export async function measureEnvironment(
  workspace: Workspace,
  record: EnvironmentRecord,
): Promise<{ readonly sizes: readonly Size[]; readonly problems: readonly Error[] }> {
  const signal = AbortSignal.timeout(LIMIT)
  const [worktree, { sizes, problems }] = await Promise.all([
    readFolderSize(record.path, signal).catch(() => null),
    fetchSizes({ workspace, record, signal }),
  ])
  return { sizes: [{ what: 'worktree', name: record.path, bytes: worktree }, ...sizes], problems }
}
