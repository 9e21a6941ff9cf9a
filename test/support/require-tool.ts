import { spawnSync } from 'node:child_process'
import type { Context } from 'mocha'

/** Skips a suite that needs a program, with a message; with PIKO_REQUIRE_ENGINES=1 a missing program is a failure. */
export function requireTool(suite: Context, tool: string): void {
  if (!spawnSync(tool, ['-V']).error) return
  if (process.env['PIKO_REQUIRE_ENGINES'] === '1') throw new Error(`${tool} is not installed`)
  console.error(
    `    SKIPPED: ${tool} is not installed, so "${suite.currentTest?.parent?.title ?? ''}" proves nothing`,
  )
  suite.skip()
}
