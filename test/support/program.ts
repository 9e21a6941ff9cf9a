import { spawn } from 'node:child_process'

/** Where a program runs, and what records its output. */
export interface Place {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  note(ended: Ended): void
}

export interface Ended {
  readonly command: readonly string[]
  /** 128 + N if signal N ended it. */
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly ended: Promise<Ended>
  /** Its output so far, from both streams. */
  output(): string
  type(text: string): void
  endInput(): void
  /** Signals only this process. */
  kill(signal: NodeJS.Signals): void
  /** Signals its whole process group, as Ctrl-C in a terminal does. */
  killGroup(signal: NodeJS.Signals): void
}

/** Starts a program as the leader of a process group, without a terminal. `shown` is its name in the transcript. */
export function start(
  command: readonly string[],
  { cwd, env, note }: Place,
  shown: readonly string[] = command,
): Running {
  const [program = '', ...words] = command
  const child = spawn(program, words, { cwd, env, detached: true, stdio: 'pipe' })
  const output = { stdout: '', stderr: '', both: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text
      output.both += text
    })
  }
  child.stdin.on('error', () => undefined) // it may have ended before reading its input
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const { stdout, stderr } = output
      const exitCode = code ?? 128 + (signal === null ? 0 : (signalNumbers[signal] ?? 0))
      const result = { command: shown, exitCode, stdout, stderr }
      note(result)
      resolve(result)
    })
  })
  const pid = child.pid ?? 0
  return {
    ended,
    output: () => output.both,
    type: text => void child.stdin.write(text),
    endInput: () => void child.stdin.end(),
    kill: signal => void child.kill(signal),
    killGroup: signal => void (pid > 0 && process.kill(-pid, signal)),
  }
}

const signalNumbers: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGKILL: 9,
  SIGTERM: 15,
}
