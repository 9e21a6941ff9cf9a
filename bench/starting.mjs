// How long piko takes to start: commands that read, help, mistakes, and commands that run one program.
import { memory } from './memory.mjs'
import { threeServices } from './projects.mjs'
import { time } from './time.mjs'

const READING = 1.5
const ASKING = 2.2
const MEGABYTES = 60
const NODE = [process.execPath, '-e', '0']

/** Commands that need no engine, compared with the start of Node. */
export function reading(arena) {
  const root = arena.repository('read', { 'compose.yaml': threeServices() })
  const prepare = once(() => arena.run(arena.piko(['create', 'feature', '--no-start']), root))
  const against = (goal, fails) => words => ({
    stages: [{ title: words.join(' '), raw: 'node -e 0', goal }],
    runs: 20,
    lap() {
      prepare()
      const options = { cwd: root, env: arena.env }
      const piko = time(arena.piko(words), { ...options, fails }).ms
      return [{ piko, raw: time(NODE, options).ms }]
    },
  })
  const commands = [
    ['list'],
    ['env', 'feature'],
    ['path', 'feature'],
    ['--version'],
    ['autocomplete', 'bash'],
  ]
  const help = [['help'], ['create', '--help'], ['ps', '--help']]
  const mistakes = [['crate'], ['destroy', 'nope'], ['create', '--nope']]
  return [
    ...commands.map(against(READING, false)),
    ...help.map(against(ASKING, false)),
    ...mistakes.map(against(ASKING, true)),
    running(arena, { root, prepare, words: ['run', 'feature', '--', 'true'], tool: () => ['true'] }),
    running(arena, { root, prepare, words: ['open', 'feature', '--print'] }),
    ...memory(arena, { root, prepare, goal: MEGABYTES }),
  ]
}

/** Commands that ask the engine or run a program on it. */
export function asking(arena) {
  const root = arena.repository('ask', { 'compose.yaml': threeServices() })
  const options = { cwd: root, env: arena.env }
  const prepare = once(() => arena.run(arena.piko(['create', 'feature']), root))
  const against = words => ({
    needsEngine: true,
    stages: [{ title: words.join(' '), raw: 'node -e 0', goal: ASKING }],
    runs: 20,
    lap() {
      prepare()
      return [{ piko: time(arena.piko(words), options).ms, raw: time(NODE, options).ms }]
    },
  })
  const project = once(() => containerOf(arena, root).replace(/-web-1$/, ''))
  return [
    against(['status', 'feature']),
    against(['ps', 'feature']),
    running(arena, {
      root,
      prepare,
      needsEngine: true,
      words: ['exec', 'feature', 'web', '--', 'true'],
      tool: () => ['docker', 'exec', `${project()}-web-1`, 'true'],
    }),
    running(arena, {
      root,
      prepare,
      needsEngine: true,
      words: ['logs', 'feature', '--tail', '1'],
      tool: () => ['docker', 'compose', '-p', project(), 'logs', '--tail', '1'],
    }),
  ]
}

/** A command that runs one program, compared with that program and one and a half times Node. */
function running(arena, { root, prepare, words, tool, needsEngine = false }) {
  const name = tool && words[0] === 'run' ? 'true + ' : tool ? `docker ${words[0]} + ` : ''
  return {
    needsEngine,
    stages: [{ title: words.join(' '), raw: `${name}1.5 × node -e 0`, goal: 1 }],
    runs: 20,
    lap() {
      prepare()
      const options = { cwd: root, env: arena.env }
      const piko = time(arena.piko(words), options).ms
      const own = tool ? time(tool(), options).ms : 0
      return [{ piko, raw: own + READING * time(NODE, options).ms }]
    },
  }
}

function containerOf(arena, root) {
  const { stdout } = time(arena.piko(['ps', 'feature', '--json']), { cwd: root, env: arena.env })
  return JSON.parse(stdout).containers.find(({ service }) => service === 'web').name
}

function once(work) {
  let result
  return () => (result ??= { value: work() }).value
}
