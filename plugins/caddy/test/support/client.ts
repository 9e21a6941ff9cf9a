import { type Agent, type IncomingHttpHeaders, request } from 'node:http'
import type { Socket } from 'node:net'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export interface Asked {
  readonly port: number
  /** The Host header. curl and browsers resolve names below localhost, node does not. */
  readonly host: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly agent?: Agent
  readonly body?: Buffer
}

export function ask({ port, host, path = '/', headers = {}, agent, body }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port,
      path,
      method: body ? 'POST' : 'GET',
      headers: { Host: `${host}:${port}`, ...headers },
      ...(agent ? { agent } : {}),
    }
    const sent = request(options, response => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** The response of the fixture's application. */
export interface Reply {
  readonly who: string
  readonly container: string
  readonly headers: Readonly<Record<string, string>>
  readonly size: number
  readonly sha256: string
}

export async function askWho(asked: Asked): Promise<Reply> {
  const { status, text } = await ask(asked)
  if (status !== 200) throw new Error(`${asked.host} answers ${status}: ${text}`)
  return JSON.parse(text) as Reply
}

export interface EchoSocket {
  /** Returns the reply. */
  echo(text: string): Promise<string>
  readonly isOpen: () => boolean
  close(): void
}

/** A WebSocket to the application, with short text frames. */
export function openSocket({ port, host }: Pick<Asked, 'port' | 'host'>): Promise<EchoSocket> {
  return new Promise((resolve, reject) => {
    const headers = {
      Host: `${host}:${port}`,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    }
    const sent = request({ host: '127.0.0.1', port, path: '/socket', headers, agent: false })
    sent.on('error', reject)
    sent.on('response', response => reject(new Error(`no upgrade: ${response.statusCode}`)))
    sent.on('upgrade', (_, socket: Socket) => {
      let isOpen = true
      socket.on('close', () => (isOpen = false))
      socket.on('error', () => (isOpen = false))
      resolve({
        isOpen: () => isOpen,
        close: () => void socket.destroy(),
        echo: text =>
          new Promise((answer, fail) => {
            const end = () => fail(new Error('the socket was closed'))
            socket.once('close', end)
            let frame = Buffer.alloc(0)
            const receive = (chunk: Buffer) => {
              frame = Buffer.concat([frame, chunk])
              if (frame.length < 2 || frame.length < 2 + (frame[1] ?? 0)) return // the proxy may split it
              socket.off('data', receive).off('close', end)
              answer(frame.subarray(2).toString())
            }
            socket.on('data', receive)
            socket.write(frameOf(text))
          }),
      })
    })
    sent.end()
  })
}

function frameOf(text: string): Buffer {
  const payload = Buffer.from(text)
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload])
}
