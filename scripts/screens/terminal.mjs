// A real terminal of 80 columns: a shell in tmux, on a separate server.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const LIMIT = 900_000

export function openTerminal({ folder, cwd, env }) {
  const prompts = join(folder, 'prompts')
  const rc = join(folder, 'bashrc')
  // The shell records its prompts in a file: a new one means that the command has finished.
  writeFileSync(rc, `PS1='$ '\nPROMPT_COMMAND='echo $? >> ${prompts}'\nunset HISTFILE\n`)
  const tmux = (...words) =>
    execFileSync('tmux', ['-S', join(folder, 'tmux'), '-f', '/dev/null', ...words], { env, encoding: 'utf8' })
  tmux('new-session', '-d', '-x', '80', '-y', '120', '-s', 'screens', '-c', cwd, `bash --rcfile ${rc} -i`)
  const codes = () => (existsSync(prompts) ? readFileSync(prompts, 'utf8').trimEnd().split('\n') : [])
  const screen = () => trimmed(tmux('capture-pane', '-p', '-t', 'screens'))
  const until = async (what, isSo) => {
    for (const end = Date.now() + LIMIT; Date.now() < end; await sleep(500)) if (isSo()) return
    throw new Error(`${what} did not come:\n${screen().join('\n')}`)
  }
  const type = async command => {
    await until('the prompt', () => codes().length > 0)
    tmux('send-keys', '-t', 'screens', '-R')
    tmux('clear-history', '-t', 'screens')
    const before = codes().length
    tmux('send-keys', '-t', 'screens', '-l', command)
    tmux('send-keys', '-t', 'screens', 'Enter')
    return () => codes().length > before
  }
  return {
    /** The screen after the command has finished and, with `while`, also the first one that `while` accepts. */
    async run(command, { while: isMeant } = {}) {
      const isOver = await type(command)
      let between
      await until(`the end of ${command}`, () => {
        if (isMeant && !isOver() && isMeant(screen())) between = screen()
        return isOver()
      })
      const code = codes().at(-1)
      if (code !== '0') throw new Error(`${command} ended with ${code}:\n${screen().join('\n')}`)
      return { between: withCommand(command, between), after: withCommand(command, withoutPrompt(screen())) }
    },
    close: () => tmux('kill-server'),
  }
}

function trimmed(text) {
  return text.trimEnd().split('\n')
}

function withoutPrompt(lines) {
  return lines.at(-1)?.trim() === '$' ? lines.slice(0, -1) : lines
}

/** The first lines are the typed command, perhaps after a cleared prompt. */
function withCommand(command, lines) {
  if (!lines) return undefined
  const start = lines.findIndex(line => line.includes(command.slice(0, 60)))
  return [`$ ${command}`, ...lines.slice(start + Math.ceil((command.length + 2) / 80))].map(line =>
    line.trimEnd(),
  )
}
