// Generates the pages of docs/reference. With --check, compares them and oclif's manifests instead, and fails if
// something is out of date. Reads build output, so build first.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { commandsPage } from './generated/commands.mjs'
import { configPage, readSchema, schemaText } from './generated/config.mjs'
import { errorsPage } from './generated/errors.mjs'
import { exitCodesPage } from './generated/exit-codes.mjs'
import { isolationPage } from './generated/isolation.mjs'
import { computeManifests, manifestText } from './generated/manifests.mjs'
import { findPackages, ROOT } from './generated/packages.mjs'
import { sdkPage } from './generated/sdk.mjs'

const FOLDER = join(ROOT, 'docs/reference')

const packages = findPackages()
const manifests = await computeManifests(packages)
const { exitCodes } = await import('../dist/output/exit-codes.js')
const schema = readSchema()

const pages = [
  ['commands.md', commandsPage({ packages, manifests, exitCodes })],
  ['errors.md', await errorsPage({ packages, exitCodes })],
  ['exit-codes.md', exitCodesPage(exitCodes)],
  ['isolation.md', isolationPage()],
  ['config.md', configPage(schema)],
  ['piko.schema.json', schemaText(schema)],
  ['sdk.md', await sdkPage()],
].map(([name, text]) => ({ path: join(FOLDER, name), text }))

const built = packages.map(({ root }, index) => {
  return { path: join(root, 'oclif.manifest.json'), text: manifestText(manifests[index]) }
})

if (process.argv.includes('--check')) check([...pages, ...built])
else write(pages)

function write(files) {
  mkdirSync(FOLDER, { recursive: true })
  for (const { path, text } of files.filter(isStale)) {
    writeFileSync(path, text)
    console.log(`✓ Wrote ${relative(ROOT, path)}`)
  }
}

function check(files) {
  const stale = files.filter(isStale)
  for (const { path } of stale) console.error(`✗ ${relative(ROOT, path)} is not what its sources give`)
  if (stale.length === 0) return
  console.error('↳ To update it, run `npm run generate`')
  process.exitCode = 1
}

function isStale({ path, text }) {
  return !existsSync(path) || readFileSync(path, 'utf8') !== text
}
