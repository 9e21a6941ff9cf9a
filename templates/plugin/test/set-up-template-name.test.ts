import { createTestContext, stepLaws } from '@piko/sdk/testing'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileOf, setUpTemplateName } from '../src/steps/set-up-template-name.js'

describe('the step keeps the laws', () => {
  for (const law of stepLaws(setUpTemplateName, makeWorld)) it(law.name, law.run)
})

it('writes a file into the worktree', async () => {
  const { context, observe, dispose } = await makeWorld()
  await setUpTemplateName.do(context, undefined)
  assert.notEqual((await observe()).text, null)
  await dispose()
})

/** An empty worktree, and a context in which the step can change it. */
async function makeWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'piko-plugin-template-name-'))
  await mkdir(join(folder, 'worktree'))
  const context = createTestContext({ folder, config: { enabled: true } })
  const file = fileOf(context.environment)
  return {
    context,
    observe: async () => ({ text: existsSync(file) ? readFileSync(file, 'utf8') : null }),
    dispose: () => rm(folder, { recursive: true }),
  }
}
