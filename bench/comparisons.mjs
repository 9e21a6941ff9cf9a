// The comparisons. A lap runs each stage once with piko and once raw, and returns their times in the order of `stages`.
import { join } from 'node:path'
import { rawProject } from './arena.mjs'
import { elevenServices, shop, threeServices } from './projects.mjs'
import { time, timeAll } from './time.mjs'

const START = 2.5
const CHANGE = 1.5
const LOOK = 3

export function comparisons(arena) {
  return [
    ...reading(arena),
    preparing(arena),
    running(arena, { of: 'shop', files: shop(), goal: CHANGE, runs: 3 }),
    running(arena, { of: 'three idle services', files: { 'compose.yaml': threeServices() }, runs: 5 }),
    looking(arena),
  ]
}

/** Commands that need no plugin or engine, compared with the start of Node. */
function reading(arena) {
  const root = arena.repository('read', { 'compose.yaml': threeServices() })
  const prepare = once(() => arena.run(arena.piko(['create', 'feature', '--no-start']), root))
  const options = { cwd: root, env: arena.env }
  return [['list'], ['env', 'feature'], ['--version']].map(words => ({
    stages: [{ title: words.join(' '), raw: 'node -e 0', goal: START }],
    runs: 20,
    lap() {
      prepare()
      const piko = time(arena.piko(words), options).ms
      return [{ piko, raw: time([process.execPath, '-e', '0'], options).ms }]
    },
  }))
}

function preparing(arena) {
  const root = arena.repository('prepare', { 'compose.yaml': threeServices() })
  const options = { cwd: root, env: arena.env }
  return {
    stages: [
      { title: 'create --no-start', raw: 'git worktree add; docker compose config' },
      { title: 'destroy --yes', raw: 'git worktree remove' },
    ],
    runs: 10,
    lap(index) {
      const [name, raw] = [`piko-${index}`, worktree(root, index)]
      const piko = time(arena.piko(['create', name, '--no-start']), options).ms
      const config = ['docker', 'compose', '--project-directory', raw.path, 'config', '--format', 'json']
      const made = { piko, raw: timeAll([raw.add, config], options) }
      const gone = time(arena.piko(['destroy', name, '--yes']), options).ms
      return [made, { piko: gone, raw: time(raw.remove, options).ms }]
    },
  }
}

/**
 * The same project with piko and raw. What piko adds is the same for any project, and shows most if nothing has to be
 * waited for.
 */
function running(arena, { of, files, goal, runs }) {
  const root = arena.repository('run', files)
  const options = { cwd: root, env: arena.env }
  return {
    needsEngine: true,
    stages: [
      { title: `create --no-wait (${of})`, raw: 'git worktree add; docker compose up -d', goal },
      { title: `create --no-start (${of})`, raw: 'the same', goal },
      { title: `destroy --yes (${of})`, raw: 'docker compose down -v; git worktree remove' },
    ],
    runs,
    lap(index) {
      const [name, raw] = [`piko-${index}`, worktree(root, index)]
      const compose = ['docker', 'compose', '-p', rawProject(root), '--project-directory', raw.path]
      const piko = time(arena.piko(['create', name, '--no-wait']), options).ms
      const made = timeAll([raw.add, [...compose, 'up', '--detach']], options)
      const prepared = time(arena.piko(['create', `${name}-prepared`, '--no-start']), options).ms
      const gone = time(arena.piko(['destroy', name, '--yes']), options).ms
      const rawGone = timeAll([[...compose, 'down', '--volumes'], raw.remove], options)
      arena.run(arena.piko(['destroy', `${name}-prepared`, '--yes']), root)
      return [
        { piko, raw: made },
        { piko: prepared, raw: made },
        { piko: gone, raw: rawGone },
      ]
    },
  }
}

function looking(arena) {
  const root = arena.repository('look', { 'compose.yaml': elevenServices() })
  const options = { cwd: root, env: arena.env }
  const prepare = once(() => arena.run(arena.piko(['create', 'feature']), root))
  return {
    needsEngine: true,
    stages: [{ title: 'ps (11 services)', raw: 'docker ps', goal: LOOK }],
    runs: 10,
    lap() {
      prepare()
      const piko = time(arena.piko(['ps', 'feature']), options).ms
      return [{ piko, raw: time(['docker', 'ps'], options).ms }]
    },
  }
}

/** A worktree of the raw side, next to piko's. */
function worktree(root, index) {
  const path = join(root, '.piko/raw', String(index))
  return {
    path,
    add: ['git', 'worktree', 'add', '--quiet', '-b', `raw-${index}`, path],
    remove: ['git', 'worktree', 'remove', '--force', path],
  }
}

function once(work) {
  let isDone = false
  return () => {
    if (!isDone) work()
    isDone = true
  }
}
