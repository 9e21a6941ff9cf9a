import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder that is removed when the test that asked for it is over. Call it in a hook or in a test. */
export function temporaryFolder(context: Mocha.Context): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'piko-test-')))
  const runnable = context.test ?? context.currentTest
  const suite = runnable?.parent
  suite?.afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
