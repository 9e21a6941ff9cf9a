// Runs the programs of the demo. Programs never get a terminal, and an interrupt ends the demo between two of them.
import { spawn } from 'node:child_process'
import { showCommand, showOutput } from './narrate.mjs'

let running
let interruptedBy

// The terminal also sends Ctrl-C to the child, which then rolls back; other signals are passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interruptedBy ??= signal
    if (signal !== 'SIGINT') running?.kill(signal)
  })
}

/** Throws if the demo was asked to stop. */
export function requireNoInterrupt() {
  if (interruptedBy) throw new Error(`interrupted by ${interruptedBy}`)
}

/** Prints a command, runs it, prints its output and returns its stdout. Throws unless it exits with 0. */
export async function run(command, options) {
  requireNoInterrupt()
  showCommand(options.shown ?? command)
  const { code, signal, stdout } = await finish(command, { ...options, stderr: 'inherit' })
  showOutput(stdout)
  requireNoInterrupt()
  if (code !== 0) throw new Error(`\`${(options.shown ?? command).join(' ')}\` ended with ${signal ?? code}`)
  return stdout
}

/** Runs a command without printing it. A missing program counts as exit code 127. */
export async function finish([program, ...words], { cwd, env, stderr = 'ignore' }) {
  const child = spawn(program, words, { cwd, env, stdio: ['ignore', 'pipe', stderr] })
  running = child
  const chunks = []
  child.stdout.on('data', chunk => chunks.push(chunk))
  return new Promise(resolve => {
    const end = (code, signal) => resolve({ code, signal, stdout: Buffer.concat(chunks).toString() })
    child.on('error', () => end(127))
    child.on('close', end)
  })
}
