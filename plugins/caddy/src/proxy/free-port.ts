import { existsSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { proxyErrors } from '../errors/proxy.js'

/**
 * Whether a port of the loopback address is free. Ports below 1024 may be refused to this user but available to the
 * engine; that shows when the proxy starts.
 */
export async function isFree(port: number): Promise<boolean> {
  const code = await bindError(port)
  if (code === undefined) return true
  return code === 'EACCES' && !(await isAnswered(port))
}

function bindError(port: number): Promise<string | undefined> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EADDRINUSE'))
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(undefined)))
  })
}

function isAnswered(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** The error for a port that is not free; it names whichever tool this system has to see who listens. */
export function portTaken(port: number) {
  return proxyErrors.CADDY_PORT_TAKEN({ port, listeners: listenersCommand(port) })
}

function listenersCommand(port: number): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const has = (tool: string) => folders.some(folder => existsSync(join(folder, tool)))
  if (has('ss')) return `ss -ltnp sport = :${port}`
  return has('lsof') ? `lsof -nP -iTCP:${port} -sTCP:LISTEN` : undefined
}
