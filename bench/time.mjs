// Runs programs one at a time and measures the time. Output is captured, as in a script that calls piko.
import { spawnSync } from 'node:child_process'

/** Runs a command and returns `{ms, stdout}`. Throws if it fails, or with `fails`, if it does not. */
export function time([program, ...words], { cwd, env, fails = false }) {
  const started = performance.now()
  const { status, signal, stdout, stderr, error } = spawnSync(program, words, { cwd, env, encoding: 'utf8' })
  const ms = performance.now() - started
  if (status !== null && (status !== 0) === fails) return { ms, stdout }
  const how = error?.message ?? `ended with ${signal ?? status}`
  throw new Error(`\`${[program, ...words].join(' ')}\` ${how}\n${stdout ?? ''}${stderr ?? ''}`)
}

/** Milliseconds of several commands in sequence. */
export function timeAll(commands, options) {
  return commands.reduce((sum, command) => sum + time(command, options).ms, 0)
}
