import { expect } from 'chai'
import { useScenario } from '#test/support/scenario.js'

const files = {
  'compose.yaml': "services:\n  db: { image: busybox, ports: ['5432:5432'] }\n  job: { image: busybox }\n",
}

describe('caddy: an environment without a URL', function () {
  const scenario = useScenario()

  it('says why, and names the line that turned host names off', async () => {
    const project = await scenario.project({ files, config: 'plugins: [compose]\n' })
    await project.pikoWell('create', 'a', '--no-start')
    const stderrOf = async (...words: readonly string[]) => (await project.piko('open', 'a', ...words)).stderr
    expect(await stderrOf('--print')).to.contain(
      '✗ There is no URL for the environment a: no service publishes a usual web port; ' +
        'The plugin caddy is not active in this project: `plugins` in .piko.yml:2 does not list it\n  CADDY_ROUTE_ABSENT\n',
    )
    expect(await stderrOf('job', '--print')).to.contain(
      'the service job of the environment a: job publishes no port;',
    )
    expect(await stderrOf('jbo', '--print'))
      .to.contain('COMPOSE_SERVICE_UNKNOWN')
      .and.contain('job')
    expect((await project.piko('open', 'a', 'db', '--print')).stdout).to.match(/^http:\/\/localhost:\d+\n$/)
  })
})
