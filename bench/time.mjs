// Runs programs one at a time and takes the time. Output is captured, as it is for a script that calls piko.
import { spawnSync } from 'node:child_process'

/** Runs a command to its end: `{ms, stdout}`. Throws when it fails. */
export function time([program, ...words], { cwd, env }) {
  const started = performance.now()
  const { status, signal, stdout, stderr, error } = spawnSync(program, words, { cwd, env, encoding: 'utf8' })
  const ms = performance.now() - started
  if (status === 0) return { ms, stdout }
  const how = error?.message ?? `ended with ${signal ?? status}`
  throw new Error(`\`${[program, ...words].join(' ')}\` ${how}\n${stdout ?? ''}${stderr ?? ''}`)
}

/** Milliseconds of several commands, one after the other. */
export function timeAll(commands, options) {
  return commands.reduce((sum, command) => sum + time(command, options).ms, 0)
}
