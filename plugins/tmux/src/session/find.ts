import type { Project } from '@piko/sdk'
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

interface Owner {
  readonly root: string
  /** The project's id; undefined if a version without ids created the session. */
  readonly id: string | undefined
  readonly environment: string
}

type OfProject = Pick<Project, 'id' | 'root' | 'formerRoots'>

const options = { root: '@piko-root', id: '@piko-id', environment: '@piko-environment' }

const format = `#{session_id} #{session_attached} #{session_windows} #{${options.environment}} #{${options.id}} #{${options.root}} #{session_name}`

/** All sessions of a server; empty if it is not running. */
export async function fetchSessions(context: Looking, server: Server): Promise<readonly Session[]> {
  const call = { server, commands: [['list-sessions', '-F', format]] }
  const { stdout, exitCode } = await lookTmux(context, call, { allowFailure: true })
  return exitCode === 0 ? stdout.split('\n').flatMap(readLine) : []
}

export function isOf(project: OfProject, environment: string): (session: Session) => boolean {
  return session => session.owner?.environment === environment && isOfProject(session, project)
}

/** Without an id, a session is known by where the project was when it was created. */
export function isOfProject({ owner }: Session, { id, root, formerRoots }: OfProject): boolean {
  if (!owner) return false
  return owner.id === undefined ? [root, ...formerRoots].includes(owner.root) : owner.id === id
}

/** The commands that mark a new session as created by piko. */
export function markCommands(
  target: string,
  { root, id }: OfProject,
  environment: string,
): readonly (readonly string[])[] {
  return [
    ['set-option', '-t', target, options.root, encodeURI(root)],
    ['set-option', '-t', target, options.id, id],
    ['set-option', '-t', target, options.environment, environment],
  ]
}

function readLine(line: string): readonly Session[] {
  const match = /^(\$\d+) (\d+) (\d+) (\S*) (\S*) (\S*) (.*)$/.exec(line)
  if (!match) return []
  const [, id = '', attached, windows, environment = '', project, root = '', name = ''] = match
  const owner =
    environment === '' ? undefined : { environment, id: project || undefined, root: decodeURI(root) }
  return [{ id, name, isAttached: attached !== '0', windows: Number(windows), owner }]
}
