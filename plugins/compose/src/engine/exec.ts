import { type Changing, runDocker } from '../docker.js'

export interface Call {
  readonly id: string
  readonly command: readonly string[]
  readonly user?: string | undefined
  readonly workdir?: string | undefined
}

/** Runs a command in a container on the terminal and returns its exit code. Without a terminal, passes only stdin. */
export async function execIn(context: Changing, { id, command, user, workdir }: Call): Promise<number> {
  const words = [
    '--interactive',
    ...(process.stdin.isTTY && process.stdout.isTTY ? ['--tty'] : []),
    ...(user === undefined ? [] : ['--user', user]),
    ...(workdir === undefined ? [] : ['--workdir', workdir]),
  ]
  const options = { terminal: true, allowFailure: true }
  const { exitCode } = await runDocker(context, ['exec', ...words, id, ...command], options)
  return exitCode
}
