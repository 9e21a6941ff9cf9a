import { dockerAfterwards } from '@piko/plugin-compose/contract/engine'
import { EventEmitter, once } from 'node:events'
import type { Duplex } from 'node:stream'
import type { VolumesContext } from '../context.js'
import type { Halted } from './rows.js'

/** A process of its own that lets containers go on when piko says so, and also when piko can say nothing any more. */
export interface Guard {
  /** Lets them go on; whether that worked. */
  release(): Promise<boolean>
}

/** Answers when it stands. */
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

/** What has been said, by line; undefined where the connection ends before: an abort cuts it, and that is the guard's sign. */
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
      const said = text.split('\n')
      if (said.length > line + 1) return said[line]
      if (isOver) return undefined
      await once(heard, 'more')
    }
  }
}
