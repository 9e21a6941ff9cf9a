import { readTerminal } from '@piko/sdk'
import { readOverview } from '../environment/overview.js'
import { overviewLines } from '../output/overview.js'
import type { QuickRun } from './run-command.js'

/** `piko` without arguments. */
export const run: QuickRun = async words => {
  try {
    const lines = overviewLines(readOverview(process.cwd()), readTerminal(process.stdout))
    process.stdout.write(lines.map(line => `${line}\n`).join(''))
    return undefined
  } catch {
    return words // oclif shows its help
  }
}
