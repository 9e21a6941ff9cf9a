import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/** Those of the given `port/protocol` that a program on this machine is using. */
export async function probeTaken(ports: readonly string[]): Promise<ReadonlySet<string>> {
  const answers = await Promise.all(ports.map(async port => ((await isTaken(port)) ? [port] : [])))
  return new Set(answers.flat())
}

async function isTaken(port: string): Promise<boolean> {
  const [number = '', protocol] = port.split('/')
  if (protocol === 'sctp') return false // Node has no SCTP sockets: the engine reports a conflict
  const probe = protocol === 'udp' ? probeUdp : probeTcp
  // Checks both: on some systems a listener on all addresses does not block one on loopback.
  return (await probe(Number(number), '127.0.0.1')) || (await probe(Number(number), '0.0.0.0'))
}

function probeTcp(port: number, host: string): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(true))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(false)))
  })
}

function probeUdp(port: number, host: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createSocket('udp4')
    socket.once('error', () => {
      socket.close()
      resolve(true)
    })
    socket.bind({ port, address: host, exclusive: true }, () => socket.close(() => resolve(false)))
  })
}
