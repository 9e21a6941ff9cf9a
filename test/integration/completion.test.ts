import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeScratchProject, type ScratchProject } from '../support/scratch-project.js'
import { site } from '../support/compose-projects.js'
import { requireEngine } from '../support/engine.js'
import { requireTool } from '../support/require-tool.js'
import { until } from '../support/until.js'

/** Each in its real shell, on a tmux terminal, without piko on the PATH. */
const shells = [
  { shell: 'bash', start: ['bash', '--norc', '-i'], tab: '\t\t' },
  { shell: 'zsh', start: ['zsh', '-f', '-i'], tab: '\t\t' },
  { shell: 'fish', start: ['fish', '--no-config', '-i'], tab: '\t' },
]

for (const { shell, start, tab } of shells) {
  describe(`completion in ${shell}`, () => {
    let project: ScratchProject
    let screen: Screen
    before(requireEngine)
    before(async function () {
      requireTool(this, 'tmux')
      requireTool(this, shell)
      project = await makeScratchProject({ files: site }, () => undefined)
      await project.pikoWell('create', 'feature-auth', '--no-start')
      await project.pikoWell('create', 'other', '--no-start')
      const script = join(project.folder, `piko.${shell}`)
      writeFileSync(script, await project.pikoWell('autocomplete', shell))
      screen = openScreen({ cwd: project.root, socket: join(project.folder, 'tmux'), start })
      screen.type(`source ${script} && echo so''urced\n`)
      await until('a prompt again', () => /^sourced\n.*[$%>#]\s*$/m.test(screen.text()))
    })
    after(() => {
      screen?.close()
      project?.dispose()
    })
    const completes = async (typed: string, shown: RegExp) => {
      screen.clear()
      screen.type(`piko ${typed}${tab}`)
      await until(`${shown.source} on the screen`, () => shown.test(screen.text()), 20_000)
    }

    it('completes commands', () => completes('doc', /piko doctor/))
    it('completes the commands of a topic', () => completes('config sh', /piko config show/))
    it('completes environments', () => completes('path feat', /piko path feature-auth/))
    it('completes the services of an environment', () =>
      completes('logs feature-auth w', /logs feature-auth web/))
    it('completes flags', () => completes('create x --no-s', /--no-start/))
    it('completes branches for `create`', () => completes('create mai', /piko create main/))
  })
}

interface Screen {
  type(text: string): void
  clear(): void
  text(): string
  close(): void
}

function openScreen({
  cwd,
  socket,
  start,
}: {
  cwd: string
  socket: string
  start: readonly string[]
}): Screen {
  const tmux = (...words: readonly string[]) =>
    execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...words], { cwd, encoding: 'utf8' })
  tmux('new-session', '-d', '-x', '120', '-y', '40', '-c', cwd, ...start)
  return {
    type: text => void tmux('send-keys', '-l', '--', text),
    clear: () => void tmux('send-keys', 'C-u', 'C-l'),
    text: () => tmux('capture-pane', '-p', '-J'),
    close: () => void spawnSync('tmux', ['-S', socket, 'kill-server']),
  }
}
