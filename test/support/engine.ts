import { execFileSync } from 'node:child_process'
import type { Context } from 'mocha'

/** Skips a suite that needs an engine, aloud; with PIKO_REQUIRE_ENGINES=1 a missing engine is a failure. */
export function requireEngine(this: Context): void {
  try {
    docker('version', '--format', '{{.Server.Version}}')
  } catch (cause) {
    if (process.env['PIKO_REQUIRE_ENGINES'] === '1') throw new Error('Docker does not answer', { cause })
    console.error(
      `    SKIPPED: no Docker engine answers, so "${this.currentTest?.parent?.title ?? 'this suite'}" proves nothing`,
    )
    this.skip()
  }
}

/** Runs docker and answers what it says. */
export function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
}

export function dockerLines(...args: readonly string[]): readonly string[] {
  return docker(...args)
    .split('\n')
    .filter(line => line !== '')
}
