import type { Warning } from '@piko/sdk'
import { stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Model } from '../contract.js'
import { isInside, type Roots } from '../model/leaving.js'

/** Docker creates an empty folder for a missing mount source. If the main checkout has it, git does not track it. */
export async function findAbsentMounts(model: Model, roots: Roots): Promise<readonly Warning[]> {
  const mounts = Object.entries(model.services).flatMap(([service, { active, mounts }]) =>
    mounts.flatMap(({ type, source }) =>
      active && type === 'bind' && source !== undefined && isInside(source, roots.worktree)
        ? [{ service, source, path: relative(roots.worktree, source) }]
        : [],
    ),
  )
  const warnings = mounts.map(async ({ service, source, path }): Promise<readonly Warning[]> => {
    if ((await exists(source)) || !(await exists(join(roots.root, path)))) return []
    const message = `Service ${service} mounts ${path}, which is in the main checkout but not in this worktree: Docker would create an empty folder there`
    const hints = [
      `To have piko copy it into every worktree, add it to \`files: { copy: [${path}] }\` in .piko.yml`,
    ]
    return [{ code: 'COMPOSE_MOUNT_ABSENT', message, hints, service }]
  })
  return (await Promise.all(warnings)).flat()
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}
