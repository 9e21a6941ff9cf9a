import { expect } from 'chai'
import { docker } from '#test/support/engine.js'
import { useScenario } from '#test/support/scenario.js'
import type { Files } from '../../../../test/sandbox/repository.js'

const victim: Files = {
  'compose.yaml': `services: { db: { image: busybox, command: [sleep, '1000'], stop_signal: SIGKILL, volumes: ['data:/data'] } }
volumes: { data: {} }
`,
}

describe('names that belong to piko', () => {
  const scenario = useScenario()

  const attackers = [
    'networks: { default: { aliases: [NAME] } }',
    'container_name: NAME',
    'hostname: NAME',
    'links: ["other:NAME"]',
    'network_mode: "container:NAME"',
  ]

  it('are refused as alias, container name, host name, link and service', async () => {
    const project = await scenario.project({ files: { 'README.md': 'x\n' }, config: 'plugins: [compose]\n' })
    const refused = async (text: string) => {
      await project.commit({ 'compose.yaml': text })
      const { exitCode, stderr } = await project.piko('create', 'a', '--no-start', '--rollback')
      expect(stderr, text).to.contain('COMPOSE_NAME_RESERVED')
      expect(exitCode).to.equal(5)
    }
    const withLine = (line: string) =>
      refused(`services:\n  web: { image: busybox, ${line} }\n  other: { image: busybox }\n`)
    for (const line of attackers) await withLine(line.replace('NAME', 'piko-shop-two-web-1'))
    for (const name of ['PIKO-shop', 'abcdef012345', 'abcdef012345.piko-shop-two'])
      await withLine(`networks: { default: { aliases: [${name}] } }`)
    await refused('services: { piko-shop-two-web-1: { image: busybox } }\n')
  })

  it('are refused as external networks and volumes, in the registry and by their labels', async () => {
    const first = await scenario.project({ files: victim, config: 'plugins: [compose]\n' })
    await first.pikoWell('create', 'two')
    const name = `piko-${first.mark}-two`
    const second = first.at(`${first.folder}/second`)
    await first.run('git', 'init', '--quiet', '--initial-branch', 'main', `${first.folder}/second`)
    const labelled = `${first.mark}-other`
    docker(
      'volume',
      'create',
      '--label',
      'dev.piko.root=/other',
      '--label',
      'dev.piko.environment=x',
      '--label',
      `dev.piko.project=${first.mark}`,
      labelled,
    )
    const files = [
      `services: { web: { image: busybox, networks: [n] } }\nnetworks: { n: { external: true, name: ${name} } }\n`,
      `services: { web: { image: busybox, volumes: ['vol:/v'] } }\nvolumes: { vol: { external: true, name: ${name}-data } }\n`,
      `services: { web: { image: busybox, volumes: ['vol:/v'] } }\nvolumes: { vol: { external: true, name: ${labelled} } }\n`,
      `services: { web: { image: busybox, volumes_from: ['container:CONTAINER'] } }\n`,
      `services: { web: { image: busybox, pid: 'container:CONTAINER' } }\n`,
      `services: { web: { image: busybox, external_links: ['CONTAINER:db'] } }\n`,
    ]
    const id = docker('inspect', '--format', '{{.Id}}', `${name}-db-1`).slice(0, 12)
    for (const text of files) {
      await second.commit({
        'compose.yaml': text.replace('CONTAINER', id),
        '.piko.yml': `${first.portsLine}plugins: [compose]\n`,
      })
      const { exitCode, stderr } = await second.piko('create', 'a', '--rollback')
      expect(stderr, text).to.match(/COMPOSE_EXTERNAL_OWNED|COMPOSE_NAME_RESERVED/)
      expect(exitCode, text).to.equal(5)
    }
    await first.pikoWell('destroy', 'two', '--yes', '--delete-branch', '--force')
  })
})
