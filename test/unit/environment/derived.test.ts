import type { Environment } from '@piko/sdk'
import { expect } from 'chai'
import { deriveVariables } from '#src/environment/derived.js'

const environment: Environment = {
  id: 1,
  name: 'feature',
  branch: 'feature',
  path: '/project/.piko/worktrees/feature',
  status: 'creating',
  variables: {},
  ports: { 'web:80/tcp': 10180 },
  stateDir: '/project/.piko/environments/feature',
}
const derive = (templates: Readonly<Record<string, string>>, ...skippedServices: readonly string[]) =>
  deriveVariables(templates, { environment, skippedServices })

describe('the values of env:', () => {
  it('are filled in', () => {
    expect(derive({ WEB: 'http://localhost:${port.web}/${name}' })).to.deep.equal({
      variables: { WEB: 'http://localhost:10180/feature' },
      skipped: [],
    })
  })

  it('are skipped if they refer to a service that the environment does not run', () => {
    const templates = { API: '${url.api}', ADMIN: '${port.api.9000}', WEB: '${port.web}' }
    expect(derive(templates, 'api')).to.deep.equal({
      variables: { WEB: '10180' },
      skipped: [
        { name: 'API', service: 'api' },
        { name: 'ADMIN', service: 'api' },
      ],
    })
  })

  it('are refused if no service has that name, even if a skipped one starts with it', () => {
    for (const text of ['${port.apis}', '${url.ap}', '${prt.api}'])
      expect(() => derive({ API: text }, 'api'), text).to.throw('unknown placeholder')
  })
})
