import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of this repository. This module runs in build/test/sandbox. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** The command that runs the piko built here. */
export const PIKO: readonly [program: string, script: string] = [process.execPath, join(ROOT, 'bin/run.js')]

/** Writes `bin/piko` in a folder and returns the `PATH` with it. */
export function installPiko(folder: string): string {
  const programs = join(folder, 'bin')
  const file = join(programs, 'piko')
  mkdirSync(programs)
  writeFileSync(file, `#!/bin/sh\nexec ${PIKO.map(word => `'${word}'`).join(' ')} "$@"\n`)
  chmodSync(file, 0o755)
  return `${programs}:${process.env['PATH'] ?? ''}`
}
