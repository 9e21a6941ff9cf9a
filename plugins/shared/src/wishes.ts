import type { Changes, Context, Project } from '@piko/sdk'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { SharedConfig } from './config.js'
import { sharedErrors } from './errors/shared.js'

/** What `piko share` and `piko isolate` have said, beside `.piko.yml`. A file, so that detection can see it. */
export const wishesPath = '.piko/shared.json'

const shape = z.strictObject({ services: z.record(z.string(), z.enum(['shared', 'isolated'])) })

export type Wishes = z.output<typeof shape>['services']

export async function readWishes({ root }: Project): Promise<Wishes> {
  const file = join(root, wishesPath)
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return {}
  try {
    return shape.parse(JSON.parse(text)).services
  } catch (cause) {
    throw sharedErrors.SHARED_FILE_DAMAGED({ file, cause })
  }
}

export function writeWishes(
  context: Pick<Changes, 'writeFile'> & Pick<Context<unknown>, 'project'>,
  services: Wishes,
): Promise<void> {
  return context.writeFile(
    join(context.project.root, wishesPath),
    `${JSON.stringify({ services }, null, 2)}\n`,
  )
}

/** What environments are to share from now on: `.piko.yml` and `piko share`; `piko isolate` wins over both. */
export function sharedBy({ services }: SharedConfig, wishes: Wishes): readonly string[] {
  const names = new Set([...Object.keys(services), ...Object.keys(wishes)])
  return [...names].filter(name => (wishes[name] ?? 'shared') === 'shared').sort()
}
