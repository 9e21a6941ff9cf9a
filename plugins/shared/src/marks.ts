import type { Changes, Context, Project } from '@piko/sdk'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { SharedConfig } from './config.js'
import { sharedErrors } from './errors/shared.js'

/**
 * The marks set by `piko share` and `piko isolate`, in addition to `.piko.yml`. A file, so that detection can read it.
 */
export const marksPath = '.piko/shared.json'

const shape = z.strictObject({ services: z.record(z.string(), z.enum(['shared', 'isolated'])) })

export type Marks = z.output<typeof shape>['services']

export async function readMarks({ root }: Project): Promise<Marks> {
  const file = join(root, marksPath)
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return {}
  try {
    return shape.parse(JSON.parse(text)).services
  } catch (cause) {
    throw sharedErrors.SHARED_FILE_DAMAGED({ file, cause })
  }
}

export function writeMarks(
  context: Pick<Changes, 'writeFile'> & Pick<Context<unknown>, 'project'>,
  services: Marks,
): Promise<void> {
  return context.writeFile(
    join(context.project.root, marksPath),
    `${JSON.stringify({ services }, null, 2)}\n`,
  )
}

/** The services that environments share: those of `.piko.yml` and `piko share`, except those of `piko isolate`. */
export function sharedBy({ services }: SharedConfig, marks: Marks): readonly string[] {
  const names = new Set([...Object.keys(services), ...Object.keys(marks)])
  return [...names].filter(name => (marks[name] ?? 'shared') === 'shared').sort()
}
