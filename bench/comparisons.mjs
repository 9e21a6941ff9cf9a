// The comparisons. A lap runs each stage once with piko and once raw, and returns their times in the order of `stages`.
import { join } from 'node:path'
import { rawProject } from './arena.mjs'
import { shop, threeServices } from './projects.mjs'
import { asking, reading } from './starting.mjs'
import { time, timeAll } from './time.mjs'

/** What piko may add to the raw commands, in milliseconds. */
const ADDED = 350

export function comparisons(arena) {
  return [
    ...reading(arena),
    ...asking(arena),
    preparing(arena),
    running(arena, { of: 'shop', files: shop(), goal: 1.2, runs: 3 }),
    running(arena, {
      of: 'three idle services',
      files: { 'compose.yaml': threeServices() },
      goal: 1.3,
      runs: 5,
    }),
  ]
}

function preparing(arena) {
  const root = arena.repository('prepare', { 'compose.yaml': threeServices() })
  const options = { cwd: root, env: arena.env }
  return {
    needsEngine: true,
    stages: [
      { title: 'create --no-start', raw: 'git worktree add; docker compose config; 350 ms', goal: 1 },
      {
        title: 'destroy --yes',
        raw: 'docker compose down -v; git worktree remove; 350 ms',
        goal: 1,
      },
    ],
    runs: 10,
    lap(index) {
      const [name, raw] = [`piko-${index}`, worktree(root, index)]
      const piko = time(arena.piko(['create', name, '--no-start']), options).ms
      const compose = ['docker', 'compose', '-p', rawProject(root), '--project-directory', raw.path]
      const config = [...compose, 'config', '--format', 'json']
      const made = { piko, raw: timeAll([raw.add, config], options) + ADDED }
      const gone = time(arena.piko(['destroy', name, '--yes']), options).ms
      const rawGone = timeAll([[...compose, 'down', '--volumes'], raw.remove], options) + ADDED
      return [made, { piko: gone, raw: rawGone }]
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
      { title: `destroy --yes (${of})`, raw: 'docker compose down -v; git worktree remove' },
    ],
    runs,
    lap(index) {
      const [name, raw] = [`piko-${index}`, worktree(root, index)]
      const compose = ['docker', 'compose', '-p', rawProject(root), '--project-directory', raw.path]
      const piko = time(arena.piko(['create', name, '--no-wait']), options).ms
      const made = timeAll([raw.add, [...compose, 'up', '--detach']], options)
      const gone = time(arena.piko(['destroy', name, '--yes']), options).ms
      const rawGone = timeAll([[...compose, 'down', '--volumes'], raw.remove], options)
      return [
        { piko, raw: made },
        { piko: gone, raw: rawGone },
      ]
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
