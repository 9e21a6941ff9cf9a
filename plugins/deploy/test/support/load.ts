import { Agent } from 'node:http'
import { ask, openSocket } from '../../../caddy/test/support/client.js'

export interface Place {
  readonly port: number
  readonly host: string
}

export interface Load {
  /** Requests so far. */
  count(): number
  /** Ends the load and tells what it got. */
  stop(): Promise<LoadResult>
}

interface LoadResult {
  readonly count: number
  /** Answers by text. */
  readonly answers: Readonly<Record<string, number>>
  readonly failures: readonly string[]
  /** Texts that the WebSocket has echoed. */
  readonly echoes: number
}

const keptAlive = 6
const fresh = 2

/** Requests without a pause, over kept-alive connections and new ones, and one WebSocket that stays open. */
export async function startLoad(place: Place): Promise<Load> {
  const answers: Record<string, number> = {}
  const failures: string[] = []
  let count = 0
  let echoes = 0
  let isOver = false
  const agent = new Agent({ keepAlive: true, maxSockets: keptAlive })
  const one = async (own: { readonly agent?: Agent }) => {
    while (!isOver) {
      const what = await ask({ ...place, ...own }).then(
        ({ status, text }) => (status === 200 ? text : `status ${status}`),
        (error: unknown) => `error ${String(error)}`,
      )
      count++
      answers[what] = (answers[what] ?? 0) + 1
      if (/^(status|error) /.test(what)) failures.push(what)
    }
  }
  const socket = await openSocket(place)
  const talk = async () => {
    while (!isOver) {
      const text = `echo ${echoes}`
      const heard = await socket.echo(text).catch((error: unknown) => String(error))
      if (heard !== text) return void failures.push(`socket: ${heard}`)
      echoes++
      await new Promise(done => setTimeout(done, 20))
    }
  }
  const all = [
    ...Array.from({ length: keptAlive }, () => one({ agent })),
    ...Array.from({ length: fresh }, () => one({})),
    talk(),
  ]
  return {
    count: () => count,
    async stop() {
      isOver = true
      await Promise.all(all)
      socket.close()
      agent.destroy()
      return { count, answers, failures, echoes }
    },
  }
}
