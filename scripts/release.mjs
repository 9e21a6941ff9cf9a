// `npm run release -- VERSION [--url URL] [--dry-run]`: runs the checklist of docs/release.md. Stops at the first step
// that fails. With --dry-run, works on a temporary copy, commits nothing, and only prints steps that cannot be undone
// (push, publish).
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from './generated/packages.mjs'
import { copyRepository } from './release/stage.mjs'
import { steps } from './release/steps.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'dry-run': { type: 'boolean', default: false },
    url: { type: 'string' },
    out: { type: 'string' },
  },
})
const isDry = values['dry-run']
const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'piko-release-prefix-'))
const stage = isDry ? copyRepository() : { root: ROOT, remove: () => undefined }
const facts = {
  root: stage.root,
  version: positionals[0],
  date: new Date().toISOString().slice(0, 10),
  url: values.url,
  folder: values.out ?? join(stage.root, 'build/release'),
  prefix: scratch,
  isDry,
}
try {
  for (const { title, run, rehearse } of steps) {
    const said = await (isDry && rehearse ? rehearse : run)(facts)
    console.log(`✓ ${title}: ${said}`)
  }
  console.log(isDry ? '✓ Nothing was changed' : nextSteps(facts))
} catch (error) {
  console.error(`✗ ${error.message}`)
  if (!isDry) console.error('↳ To undo the changes, run `git restore .`')
  process.exitCode = 1
} finally {
  stage.remove()
  rmSync(scratch, { recursive: true, force: true })
}

function nextSteps({ tarball, folder }) {
  return [
    '↳ To publish the package, run `npm publish ' + tarball + '`',
    '↳ To publish the tag, run `git push --follow-tags`',
    `↳ To publish the formula, copy ${folder}/piko.rb into your tap`,
  ].join('\n')
}
