// `node bench/others.mjs FOLDER`: how long other tools take to start, compared with Node, for docs/benchmarks.md. FOLDER
// has them: `npm install --prefix FOLDER portless worktree-compose @devcontainers/cli`.
import { join } from 'node:path'
import { createArena } from './arena.mjs'
import { describeMachine } from './machine.mjs'
import { measure } from './measure.mjs'
import { threeServices } from './projects.mjs'
import { showNote, showRow, showTitles } from './table.mjs'
import { time } from './time.mjs'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('name the folder that has the tools')

const tools = [
  ['portless', 'list'],
  ['worktree-compose', 'list'],
  ['devcontainer', '--version'],
]

const arena = createArena()
try {
  const root = arena.repository('others', { 'compose.yaml': threeServices() })
  const options = { cwd: root, env: arena.env }
  for (const line of describeMachine(arena.env)) showNote(`- ${line}`)
  showNote('')
  showTitles()
  for (const [tool, ...words] of tools) {
    const command = [process.execPath, join(folder, 'node_modules/.bin', tool), ...words]
    const lap = () => [
      { piko: time(command, options).ms, raw: time([process.execPath, '-e', '0'], options).ms },
    ]
    const stages = [{ title: [tool, ...words].join(' '), raw: 'node -e 0' }]
    for (const row of measure({ stages, lap }, 5)) showRow(row)
  }
} finally {
  arena.remove()
}
