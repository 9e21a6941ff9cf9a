import { request } from 'node:http'

export interface ProxyResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** Sends a request to the proxy's published port. Undefined if there is no response. */
export async function askProxy(asked: {
  readonly port: number
  readonly host: string
  readonly path?: string
  readonly signal?: AbortSignal
}): Promise<ProxyResponse | undefined> {
  const { port, host, path = '/', signal } = asked
  return new Promise(resolve => {
    const options = {
      host: '127.0.0.1',
      port,
      path,
      agent: false,
      timeout: 5000,
      headers: { Host: host, Accept: 'application/json' },
      ...(signal ? { signal } : {}),
    } as const
    const sent = request(options, response => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (body += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
      response.on('error', () => resolve(undefined))
    })
    sent.on('timeout', () => sent.destroy())
    sent.on('error', () => resolve(undefined))
    sent.end()
  })
}

/** The digest of the configuration of the proxy on this port; undefined if it is not piko's proxy. */
export async function readDigest(port: number, signal?: AbortSignal): Promise<string | undefined> {
  const response = await askProxy({ port, host: 'localhost', ...(signal ? { signal } : {}) })
  const digest = response?.headers['x-piko-proxy']
  return typeof digest === 'string' ? digest : undefined
}
