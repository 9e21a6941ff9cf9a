import { runDocker } from '@piko/plugin-compose/contract/engine'
import type { StepContext } from '@piko/sdk'
import { chmod, mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { execIn } from '../engine.js'
import type { Database } from './records.js'
import type { At, Server } from './server.js'

/** Backs up a database to a file in `.piko/backups`, completely or not at all, and prints its path. */
export async function backUp(
  context: Pick<StepContext<unknown>, 'project' | 'say'>,
  { at, server, database }: { readonly at: At; readonly server: Server; readonly database: Database },
): Promise<void> {
  const folder = join(context.project.root, '.piko', 'backups')
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const file = join(folder, `${database.environment}-${database.service}-${time}.${server.dumpSuffix}`)
  const inside = `/tmp/piko-${database.name}-${time}`
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    await execIn(at.context, at.container, server.dumpTo(at, { name: database.name, file: inside }))
    await runDocker(at.context, ['cp', `${at.container}:${inside}`, `${file}.part`])
    await chmod(`${file}.part`, 0o600)
    await rename(`${file}.part`, file)
  } finally {
    await execIn(at.context, at.container, { words: ['rm', '-f', inside] })
  }
  context.say(`Backed up ${database.service} of ${database.environment}: ${file}`)
}
