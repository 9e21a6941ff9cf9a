// `npm run bench:scale [-- --runs N] [-- --files N]`: what 500 environments and a repository of 50,000 files cost, as
// ratios within one run; with `--files`, only the repository, of another size. Not part of `npm run bench`, since it takes
// minutes. Needs Docker Compose, but no engine.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { makeSandbox, withoutUserSettings } from '../build/test/sandbox/sandbox.js'
import { makeProjects, recordEnvironments } from '../build/test/support/many-environments.js'
import { createArena } from './arena.mjs'
import { measure } from './measure.mjs'
import { showRow, showTitles } from './table.mjs'
import { time, timeAll } from './time.mjs'

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '9' }, files: { type: 'string' } },
})
const runs = Number(values.runs)
const committed = Number(values.files ?? 50_000)

const arena = createArena()
const sandboxes = []
try {
  showTitles()
  if (values.files === undefined) for (const row of measure(await counts(), runs)) showRow(row)
  for (const row of measure(files(), Math.min(runs, 5))) showRow(row)
} finally {
  for (const sandbox of sandboxes) sandbox.remove()
  arena.remove()
}

/** 500 environments in 20 projects, next to one, each on a machine of its own. */
async function counts() {
  const [one, all] = [await makeMachine(1, 1), await makeMachine(20, 25)]
  const piko = (machine, ...words) => time(arena.piko(words), machine).ms
  return {
    stages: [
      { title: 'list --all, 500 environments', raw: 'list, one environment', goal: 1.5 },
      { title: 'list, 25 of 500 environments', raw: 'list, one environment', goal: 1.5 },
      { title: 'create --no-start, number 501', raw: 'create --no-start, number 2', goal: 1.1 },
    ],
    lap(index) {
      const few = piko(one, 'list')
      const lists = [
        { piko: piko(all, 'list', '--all'), raw: few },
        { piko: piko(all, 'list'), raw: few },
      ]
      const name = `piko-${index}`
      const [second, last] = [one, all].map(machine => piko(machine, 'create', name, '--no-start'))
      for (const machine of [one, all]) piko(machine, 'destroy', name, '--yes')
      return [...lists, { piko: last, raw: second }]
    },
  }
}

/** Returns where to run piko: in its last project. */
async function makeMachine(projects, environments) {
  const sandbox = makeSandbox('scale', withoutUserSettings())
  sandboxes.push(sandbox)
  Object.assign(process.env, sandbox.env)
  const roots = Array.from({ length: projects }, (_, index) => join(sandbox.folder, `project-${index + 1}`))
  makeProjects(roots, sandbox.env)
  const names = Array.from({ length: environments }, (_, index) => `environment-${index + 1}`)
  for (const root of roots) await recordEnvironments(root, names)
  return { cwd: roots.at(-1), env: sandbox.env }
}

/** 50,000 files in git, and a `node_modules` of four fifths as many, which git ignores. */
function files() {
  const ways = { linked: 'files: { link: [node_modules] }', copied: 'dependencies: { node_modules: copy }' }
  const repositories = Object.fromEntries(
    Object.entries(ways).map(([way, line]) => [way, makeLarge(way, `plugins: []\n${line}\n`)]),
  )
  return {
    stages: [
      { title: 'create, node_modules linked', raw: 'git worktree add', goal: 1.15 },
      { title: 'create, node_modules copied', raw: 'git worktree add; cp -a', goal: 1.2 },
    ],
    lap: index =>
      Object.entries(repositories).map(([way, root]) => {
        const options = { cwd: root, env: arena.env }
        const path = join(root, '.piko/raw')
        const add = ['git', 'worktree', 'add', '--quiet', '-b', `raw-${index}`, path]
        const copy = ['cp', '-a', join(root, 'node_modules'), path]
        const piko = time(arena.piko(['create', `piko-${index}`]), options).ms
        time(arena.piko(['destroy', `piko-${index}`, '--yes']), options)
        const raw = timeAll(way === 'linked' ? [add] : [add, copy], options)
        time(['rm', '-rf', path], options)
        time(['git', 'worktree', 'prune'], options)
        return { piko, raw }
      }),
  }
}

function makeLarge(name, config) {
  const others = { 'package.json': '{}\n', '.gitignore': 'node_modules/\n', '.piko.yml': config }
  const root = arena.repository(name, { ...tree('src', committed), ...others })
  for (const [path, text] of Object.entries(tree('node_modules', committed * 0.8))) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

/** 100 files a folder, of up to 4 kB. */
function tree(folder, count) {
  const text = 'export const answer = 42\n'.repeat(160)
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${folder}/part-${Math.floor(index / 100)}/file-${index}.js`,
      text.slice(0, 100 + ((index * 7919) % 3900)),
    ]),
  )
}
