import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { findSoundBackup, restoreBackup } from '../state/backups.js'
import { machineStateFile, projectStateFile } from '../state/databases.js'
import { findFault, isUnwritable } from '../state/open.js'
import { findHome } from '../workspace/find-home.js'
import type { Finding } from './finding.js'

/** What is wrong with the files of the state, and what can be done. With `fix`, restores the newest sound backups. */
export async function examineState(folder: string, fix: boolean): Promise<readonly Finding[]> {
  const home = await findHome(folder).catch(() => undefined)
  const files = [...(home ? [projectStateFile(home.mainCheckout)] : []), machineStateFile()]
  return files.flatMap(file => examineFile(file, fix))
}

function examineFile(file: string, fix: boolean): readonly Finding[] {
  if (!existsSync(file)) return []
  const fault = findFault(file)
  if (fault === undefined) return canWrite(file) ? [] : [readOnly(file)]
  if (isUnwritable(fault)) return [readOnly(file)]
  const title = `The state in ${file} is damaged: ${textOf(fault)}`
  const backup = findSoundBackup(file)
  const rebuild = 'To rebuild it from what exists, run `piko doctor --rebuild`'
  if (!backup) return [{ title, ok: false, hints: [rebuild] }]
  const date = backup.date.toISOString()
  if (!fix)
    return [
      { title, ok: false, hints: [`To restore the backup of ${date}, run \`piko doctor --fix\``, rebuild] },
    ]
  const aside = restoreBackup(file, backup)
  return [
    {
      title: `Restored ${file} from the backup of ${date}; what was there is in ${aside}`,
      ok: true,
      hints: [],
    },
  ]
}

function readOnly(file: string): Finding {
  return {
    title: `The state in ${file} cannot be written to; \`list\`, \`env\`, \`path\` and \`status\` work`,
    ok: false,
    hints: [`To see who may, run \`ls -ld ${dirname(file)} ${file}\``],
  }
}

function canWrite(file: string): boolean {
  try {
    for (const path of [dirname(file), file]) accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function textOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault)
}
