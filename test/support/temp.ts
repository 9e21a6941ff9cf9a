import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder that is removed after the test that requested it. Call it in a hook or a test. */
export function temporaryFolder(context: Mocha.Context): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'piko-test-')))
  whenOver(context, () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Runs at the end of the suite of the calling hook or test. */
export function whenOver(context: Mocha.Context, work: () => void): void {
  const runnable = context.test ?? context.currentTest
  runnable?.parent?.afterAll(work)
}
