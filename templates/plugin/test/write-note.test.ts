import { createTestContext, stepLaws } from '@piko/sdk/testing'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { noteOf, writeNote } from '../src/steps/write-note.js'

describe('the step keeps the laws', () => {
  for (const law of stepLaws(writeNote, makeWorld)) it(law.name, law.run)
})

it('writes what .piko.yml says', async () => {
  const { context, observe, dispose } = await makeWorld()
  await writeNote.do(context, undefined)
  assert.equal((await observe()).note, 'hello\n')
  await dispose()
})

/** An empty worktree, and what the step may change in it. */
async function makeWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'piko-plugin-template-name-'))
  await mkdir(join(folder, 'worktree'))
  const context = createTestContext({ folder, config: { text: 'hello' } })
  const file = noteOf(context.environment)
  return {
    context,
    observe: async () => ({ note: existsSync(file) ? readFileSync(file, 'utf8') : null }),
    dispose: () => rm(folder, { recursive: true }),
  }
}
