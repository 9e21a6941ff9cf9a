import { dockerAfterwards } from '@piko/plugin-compose/contract/engine'
import { EventEmitter, once } from 'node:events'
import type { Duplex } from 'node:stream'
import type { VolumesContext } from '../context.js'
import type { Halted } from './rows.js'

/** A separate process that resumes containers on request, and also if piko is killed. */
export interface Guard {
  /** Resumes the containers. Returns whether that worked. */
  release(): Promise<boolean>
}

/** Resolves when the guard is ready. */
export async function startGuard(
  context: VolumesContext,
  { resume, containers }: { readonly resume: Halted['resume']; readonly containers: readonly string[] },
): Promise<Guard> {
  const connection = dockerAfterwards(context, [resume, ...containers])
  const lines = listen(connection)
  if ((await lines(0)) !== 'ready') throw new Error('the guard of halted containers did not start')
  return {
    async release() {
      connection.end()
      return (await lines(1)) === '0'
    },
  }
}

/**
 * The guard's output, by line. Undefined if the connection ends before: an abort closes it, which makes the guard
 * resume.
 */
function listen(connection: Duplex): (line: number) => Promise<string | undefined> {
  const heard = new EventEmitter()
  let text = ''
  let isOver = false
  connection.on('data', (chunk: Buffer) => {
    text += chunk.toString()
    heard.emit('more')
  })
  const end = () => {
    isOver = true
    heard.emit('more')
  }
  connection.on('end', end).on('close', end).on('error', end)
  return async line => {
    for (;;) {
      const received = text.split('\n')
      if (received.length > line + 1) return received[line]
      if (isOver) return undefined
      await once(heard, 'more')
    }
  }
}
