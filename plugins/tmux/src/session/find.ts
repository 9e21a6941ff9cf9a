import { type Looking, lookTmux, type Server } from '../tmux.js'

/** A session of a tmux server. Its id survives renaming and, unlike a name, is never matched by prefix. */
export interface Session {
  readonly id: string
  readonly name: string
  readonly isAttached: boolean
  readonly windows: number
  /** The environment that piko created it for. */
  readonly owner: Owner | undefined
}

export interface Owner {
  readonly root: string
  readonly environment: string
}

const options = { root: '@piko-root', environment: '@piko-environment' }

const format = `#{session_id} #{session_attached} #{session_windows} #{${options.environment}} #{${options.root}} #{session_name}`

/** All sessions of a server; empty if it is not running. */
export async function fetchSessions(context: Looking, server: Server): Promise<readonly Session[]> {
  const call = { server, commands: [['list-sessions', '-F', format]] }
  const { stdout, exitCode } = await lookTmux(context, call, { allowFailure: true })
  return exitCode === 0 ? stdout.split('\n').flatMap(readLine) : []
}

export function isOf(owner: Owner): (session: Session) => boolean {
  return session => session.owner?.root === owner.root && session.owner.environment === owner.environment
}

/** The commands that mark a new session as created by piko. */
export function markCommands(target: string, { root, environment }: Owner): readonly (readonly string[])[] {
  return [
    ['set-option', '-t', target, options.root, encodeURI(root)],
    ['set-option', '-t', target, options.environment, environment],
  ]
}

function readLine(line: string): readonly Session[] {
  const match = /^(\$\d+) (\d+) (\d+) (\S*) (\S*) (.*)$/.exec(line)
  if (!match) return []
  const [, id = '', attached, windows, environment = '', root = '', name = ''] = match
  const owner = environment === '' ? undefined : { environment, root: decodeURI(root) }
  return [{ id, name, isAttached: attached !== '0', windows: Number(windows), owner }]
}
