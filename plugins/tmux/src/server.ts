import type { Context } from '@piko/sdk'
import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { TmuxConfig } from './config.js'
import type { Server } from './tmux.js'

/** The server that `.piko.yml` names. No words mean the server of the user's terminal, or the user's default server. */
export function configuredServer({
  config: { socket },
  project,
}: Pick<Context<TmuxConfig>, 'config' | 'project'>): Server {
  if (socket === undefined) return []
  return socket.includes('/') ? ['-S', resolve(project.root, socket)] : ['-L', socket]
}

/** The socket of the tmux server that this terminal runs in, if any. */
export function surroundingSocket(): string | undefined {
  return process.env['TMUX']?.replace(/,\d+,\d+$/, '') || undefined
}

export function isSurrounding(socket: string): boolean {
  const around = surroundingSocket()
  return around !== undefined && realPath(around) === realPath(socket)
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path // the server has exited and removed its socket
  }
}
