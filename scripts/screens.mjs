// Writes docs/guide/screens.md by running piko on a real engine in a terminal of 80 columns. With --check, compares
// instead, and masks what differs between runs. Runs build output, so build first.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { masked, screensPage } from './screens/page.mjs'

const file = join(import.meta.dirname, '../docs/guide/screens.md')
const page = await screensPage()

if (!process.argv.includes('--check')) {
  writeFileSync(file, page)
  console.log('✓ Wrote docs/guide/screens.md')
} else if (!existsSync(file) || masked(readFileSync(file, 'utf8')) !== masked(page)) {
  console.error(`✗ docs/guide/screens.md is not what piko shows. It would be:\n\n${page}`)
  console.error('↳ To update it, run `npm run generate:screens`')
  process.exitCode = 1
}
