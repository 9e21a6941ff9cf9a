import type { Host } from '@piko/sdk'
import { isDeepStrictEqual } from 'node:util'
import type { DeclaredStage, DeployConfig } from '../config.js'
import { parseReference } from '../registry/reference.js'
import { findStage, stages } from '../store/stages.js'
import type { Reading } from '../store/table.js'
import { newStage, type StageValues } from './values.js'

/**
 * Stores the stages of `.piko.yml`, whose values win over stored ones. Says so if that changes a stage that was added
 * or updated with other values.
 */
export async function storeDeclared(host: Host): Promise<void> {
  const context = await host.openProject<DeployConfig>('deploy')
  const declared = Object.entries(context.config).map(([name, stage]) => [name, valuesIn(stage)] as const)
  if (declared.every(([name, values]) => isStored(context, name, values))) return
  await host.changeProject('deploy', async changing => {
    for (const [name, values] of declared) {
      const stored = findStage(changing, name)
      if (!stored) stages.create(changing, { ...newStage, ...values, name })
      else if (!isStored(changing, name, values)) {
        changing.say(`! .piko.yml declares ${name}: its values replace the stored ones`)
        stages.update(changing, stored.id, values)
      }
    }
  })
}

function isStored(context: Reading, name: string, values: object): boolean {
  const stored = findStage(context, name)
  return stored !== undefined && isDeepStrictEqual({ ...stored, ...values }, stored)
}

/** Keys that the file leaves out keep their stored values. */
function valuesIn(declared: DeclaredStage): Pick<StageValues, 'service' | 'image'> & Partial<StageValues> {
  const { notify: _, secrets: __, release, image: reference, ...rest } = declared
  const { image, tag } = parseReference(reference)
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return {
    ...(tag === undefined ? {} : { tag }),
    ...(given as Omit<typeof rest, 'service'> as Partial<StageValues>), // the same names and types, without undefined
    ...(release === undefined ? {} : { releaseCommand: release }),
    service: declared.service,
    image,
  }
}
