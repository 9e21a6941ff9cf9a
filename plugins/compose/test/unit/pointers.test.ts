import { expect } from 'chai'
import type { Model, Pointer } from '@piko/plugin-compose/contract'
import { envLine, wantedVariables } from '#compose/pointers/advice.js'
import { findPointers, ownValue } from '#compose/pointers/find-pointers.js'

const port = (target: number, published: string, assigned?: number) => {
  return { target, published, protocol: 'tcp', leasedAs: '', ...(assigned === undefined ? {} : { assigned }) }
}
// The parts of a model used to find pointers.
const services = {
  api: { ports: [port(3000, '23000')] },
  web: { ports: [port(80, '8080'), port(81, '8443')] },
  range: { ports: [port(9000, '9000-9002')] },
  moved: { ports: [port(80, '10180', 10180)] },
  side: { ports: [], networkMode: 'service:api' },
  worker: { ports: [] },
} as unknown as Model['services']

type Raw = Parameters<typeof findPointers>[0]['raw']
const find = (service: string, raw: Raw) => findPointers({ service, raw, services })
const namesOf = (pointers: readonly Pointer[]) => pointers.map(pointer => `${pointer.in} ${pointer.name}`)

describe('values that refer to ports of the main checkout', () => {
  it('are variables, build arguments, command arguments and labels', () => {
    const url = 'http://localhost:23000'
    const raw = {
      environment: { API_URL: url, PORT: '23000' },
      build: { args: { API: url } },
      command: ['serve', `--api=${url}`],
      labels: { 'app.api': url },
    }
    expect(namesOf(find('worker', raw))).to.deep.equal([
      'environment API_URL',
      'build argument API',
      'command command',
      'label app.api',
    ])
  })

  it('come with a suggested replacement', () => {
    const [pointer] = find('worker', {
      environment: { URLS: '$$x http://localhost:8443,http://web.localhost:23000' },
    })
    expect(pointer).to.deep.include({
      services: ['web', 'api'],
      template: '$$x http://localhost:${port.web.81},http://web.localhost:${port.api}',
      written:
        '$$x http://localhost:${PIKO_WEB_PORT_81:-8443},http://web.localhost:${PIKO_API_PORT_3000:-23000}',
    })
  })

  it("do not include a service's own port, in its own or a shared network", () => {
    const self = {
      environment: { HOST: 'localhost:3000', BIND: 'http://0.0.0.0:3000' },
      command: ['serve', '--url=http://localhost:3000'],
    }
    const twin = {
      api: { ports: [port(3000, '3000')] },
      side: services['side'],
    } as unknown as Model['services']
    for (const service of ['api', 'side'])
      expect(findPointers({ service, raw: self, services: twin }), service).to.deep.equal([])
    const raw = { environment: { A: 'localhost:8080' }, expose: ['8080'] }
    expect(find('worker', raw)).to.deep.equal([])
    const seen = { environment: { A: 'http://web.localhost:3000' } }
    expect(namesOf(findPointers({ service: 'api', raw: seen, services: twin }))).to.deep.equal([
      'environment A',
    ])
  })

  it('include URLs with the own port, which may be for browsers; any value of `env:` settles them', () => {
    const twin = { api: { ports: [port(3000, '3000')] } } as unknown as Model['services']
    const raw = { environment: { API_URL: 'http://localhost:3000/v1' } }
    const [pointer] = findPointers({ service: 'api', raw, services: twin })
    if (!pointer) throw new Error('nothing was found')
    expect(pointer).to.include({ isOwn: true, template: 'http://localhost:${port.api}/v1' })
    expect(ownValue(pointer, { variables: {}, services: twin })).to.equal(undefined)
    const same = 'http://localhost:3000/v1'
    expect(ownValue(pointer, { variables: { API_URL: same }, services: twin })).to.equal(same)
  })

  it("exclude the environment's own ports, and include ranges", () => {
    expect(find('worker', { environment: { A: 'localhost:10180', B: 'localhost:5432' } })).to.deep.equal([])
    expect(find('worker', { environment: { A: 'localhost:9002' } })).to.have.length(1)
  })

  it('are settled by a different value in `env:`', () => {
    const [pointer] = find('worker', { environment: { API_URL: 'http://localhost:23000' } })
    if (!pointer) throw new Error('nothing was found')
    expect(ownValue(pointer, { variables: {}, services })).to.equal(undefined)
    const own = { API_URL: 'http://localhost:10123' }
    expect(ownValue(pointer, { variables: own, services })).to.equal(own.API_URL)
    expect(ownValue(pointer, { variables: { API_URL: 'http://localhost:8080' }, services })).to.equal(
      undefined,
    )
  })

  it('become one line for .piko.yml, without names that two services use differently and without passwords', () => {
    const all = [
      ...find('worker', {
        environment: { A: 'localhost:23000', B: 'localhost:23000', 'c.d': 'localhost:23000' },
      }),
      ...find('web', { environment: { B: 'localhost:9000', DB: 'pg://u:secret@localhost:23000' } }),
    ]
    expect(envLine(wantedVariables(all))).to.equal('env: { A: "localhost:${port.api}" }')
  })
})
