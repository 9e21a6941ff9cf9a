// The client of `bench/proxy.mjs`: keep-alive connections with continuous requests, and a WebSocket that stays open.
import { Agent, request } from 'node:http'

/** Sends requests over `connections` until `isOver`. Returns how many were sent, and the error of each that failed. */
export async function load({ port, host, connections, isOver, isRight }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const failed = []
  let sent = 0
  const client = async () => {
    while (!isOver(sent)) {
      sent += 1
      const problem = await ask({ port, host, agent }).then(
        ({ status, text }) =>
          status === 200 && isRight(text) ? undefined : `${status} ${text.slice(0, 80)}`,
        error => error.code ?? error.message,
      )
      if (problem !== undefined) failed.push(problem)
    }
  }
  await Promise.all(Array.from({ length: connections }, client))
  agent.destroy()
  return { sent, failed }
}

function ask({ port, host, agent = false }) {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, agent, headers: { Host: host } }
    const sent = request(options, response => {
      let text = ''
      response.setEncoding('utf8').on('data', chunk => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode, text }))
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** A WebSocket to the fixture's application, which sends short texts back. */
export function openSocket({ port, host }) {
  const headers = {
    Host: host,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  }
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, headers, agent: false })
    sent.on('error', reject)
    sent.on('upgrade', (_, socket) => {
      let isOpen = true
      socket.on('close', () => (isOpen = false)).on('error', () => (isOpen = false))
      resolve({
        isOpen: () => isOpen,
        close: () => socket.destroy(),
        echo(text) {
          socket.write(
            Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]),
          )
          return new Promise(answer => socket.once('data', frame => answer(frame.subarray(2).toString())))
        },
      })
    })
    sent.end()
  })
}
