// The checklist of a release, one row per line of docs/release.md. A dry run does `rehearse` instead.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { requireContents } from '../smoke/contents.mjs'
import { install } from '../smoke/install.mjs'
import { live } from '../smoke/live.mjs'
import { pack } from '../smoke/pack.mjs'
import { releaseChangelog } from './changelog.mjs'
import { formulaOf, PLACEHOLDER } from './formula.mjs'
import { run } from './stage.mjs'
import { packagesOf, setVersion } from './versions.mjs'

const skipped = why => () => `not in a dry run: ${why}`

export const steps = [
  { title: 'The version is new and sound', run: requireVersion },
  { title: 'Everything is committed', run: requireClean, rehearse: skipped('the copy has what is here') },
  {
    title: 'Checks pass',
    run: ({ root }) => npm(root, 'check'),
    rehearse: skipped('`npm run check` does it'),
  },
  { title: 'Tests pass', run: ({ root }) => npm(root, 'test'), rehearse: skipped('`npm test` does it') },
  { title: 'Set the version', run: ({ root, version }) => setVersion(root, version).join(', ') },
  { title: 'Date the changelog', run: dateChangelog },
  { title: 'Build and pack', run: packTarball },
  { title: 'Check the manifests', run: checkManifests },
  { title: 'Check the contents', run: checkContents },
  { title: 'Install into a clean prefix', run: installTarball },
  { title: 'Smoke test', run: smoke, rehearse: askVersion },
  { title: 'Write the Homebrew formula', run: writeFormula },
  { title: 'Commit and tag', run: commitAndTag, rehearse: skipped('nothing is committed') },
]

function requireVersion({ root, version }) {
  if (!/^\d+\.\d+\.\d+(-[0-9a-z.]+)?$/.test(version ?? '')) throw new Error(`${version} is not a version`)
  const now = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
  const tags = existsSync(join(root, '.git')) ? run(root, 'git', ['tag', '--list', `v${version}`]).trim() : ''
  if (tags !== '') throw new Error(`The tag v${version} already exists`)
  return `${now} → ${version}`
}

function requireClean({ root }) {
  const changes = run(root, 'git', ['status', '--porcelain']).trim()
  if (changes !== '') throw new Error(`There are uncommitted changes:\n${changes}`)
  return 'nothing to commit'
}

function npm(root, script) {
  run(root, 'npm', ['run', script], { stdio: ['ignore', 'inherit', 'inherit'] })
  return `npm run ${script}`
}

function dateChangelog({ root, version, date }) {
  const file = join(root, 'CHANGELOG.md')
  writeFileSync(file, releaseChangelog(readFileSync(file, 'utf8'), { version, date }))
  return `## ${version} (${date})`
}

/** `npm pack` builds first. */
function packTarball(facts) {
  mkdirSync(facts.folder, { recursive: true })
  Object.assign(facts, pack(facts.folder, facts.root))
  return facts.tarball
}

/** Written by the build, each with the version of its package. */
function checkManifests({ root, version }) {
  const paths = packagesOf(root).map(path => path.replace('package.json', 'oclif.manifest.json'))
  const manifests = paths.filter(path => existsSync(join(root, path)))
  const stale = manifests.filter(
    path => JSON.parse(readFileSync(join(root, path), 'utf8')).version !== version,
  )
  if (stale.length > 0) throw new Error(`not of ${version}: ${stale.join(', ')}`)
  return `${manifests.length} of ${version}`
}

function checkContents({ files, size }) {
  requireContents({ files, size })
  return `${files.length} files, all of them expected`
}

async function installTarball(facts) {
  facts.installed = await install(process.execPath, { tarball: facts.tarball, prefix: facts.prefix })
  return facts.installed.command
}

function askVersion({ installed, version, root }) {
  const said = run(root, installed.command, ['--version'], { env: installed.env }).trim()
  if (!said.includes(version)) throw new Error(`${installed.command} --version says ${said}`)
  return said
}

function smoke(facts) {
  const said = askVersion(facts)
  live(facts.installed)
  return said
}

function writeFormula({ root, folder, tarball, url, isDry }) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const text = formulaOf(manifest, { tarball, file: basename(tarball), url })
  if (text.includes(PLACEHOLDER) && !isDry)
    throw new Error('Where the tarball will be is not known: give --url, or `repository` in package.json')
  const file = join(folder, `${manifest.name}.rb`)
  writeFileSync(file, text)
  return file
}

function commitAndTag({ root, version }) {
  run(root, 'git', ['commit', '--all', '--quiet', '--message', `Release ${version}`])
  run(root, 'git', ['tag', '--annotate', `v${version}`, '--message', `piko ${version}`])
  return `v${version}`
}
