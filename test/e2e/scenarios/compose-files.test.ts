import { expect } from 'chai'
import type { Files } from '../../sandbox/repository.js'
import { webService } from '../../support/compose-projects.js'
import { dockerLines } from '../../support/engine.js'
import { useScenario } from '../../support/scenario.js'

const greeting = (text: string) => `services: { web: { environment: { GREETING: '${text}' } } }\n`
const extra = (name: string) => `services: { ${name}: { image: 'nginx:latest', ports: ['8090:80'] } }\n`

interface Arrangement {
  readonly files: Files
  readonly config?: string | false
  readonly services: readonly string[]
  readonly greeting?: string
}

const arrangements: Readonly<Record<string, Arrangement>> = {
  'the older default name, without .piko.yml': {
    files: { 'docker-compose.yml': webService('8080:80') },
    config: false,
    services: ['web'],
  },
  'an override file next to it': {
    files: { 'compose.yaml': webService('8080:80'), 'compose.override.yaml': greeting('override') },
    services: ['web'],
    greeting: 'override',
  },
  'several files, named by COMPOSE_FILE in .env': {
    files: {
      'base.yml': webService('8080:80'),
      'more.yml': greeting('more'),
      '.gitignore': '.env\n',
      '.env': 'COMPOSE_FILE=base.yml:more.yml\nCOMPOSE_PROJECT_NAME=somebody-elses\n',
    },
    services: ['web'],
    greeting: 'more',
  },
  'several files, named in .piko.yml, in a subfolder': {
    files: { 'deploy/base.yml': webService('8080:80'), 'deploy/more.yml': greeting('deploy') },
    config: 'compose: { dir: deploy, files: [base.yml, more.yml] }\n',
    services: ['web'],
    greeting: 'deploy',
  },
  'include and extends': {
    files: {
      'compose.yaml': `include: [parts/api.yml]\nservices:\n  web:\n    extends: { file: parts/base.yml, service: web }\n`,
      'parts/api.yml': extra('api'),
      'parts/base.yml': webService('8080:80') + `    environment: { GREETING: extended }\n`,
    },
    services: ['api', 'web'],
    greeting: 'extended',
  },
}

describe('a project runs with', () => {
  const scenario = useScenario()
  for (const [title, { files, config, services, greeting: expected }] of Object.entries(arrangements)) {
    it(title, async () => {
      const project = await scenario.project({ files, ...(config === undefined ? {} : { config }) })
      await project.pikoWell('create', 'feature-auth')
      const compose = `piko-${project.mark}-feature-auth`
      const filter = ['--filter', `label=com.docker.compose.project=${compose}`]
      const service = '{{.Label "com.docker.compose.service"}}'
      expect(dockerLines('ps', ...filter, '--format', service).toSorted()).to.deep.equal(services)
      const variables = await project.json<Record<string, string>>('env', 'feature-auth')
      for (const name of services) {
        const port = variables[`PIKO_${name.toUpperCase()}_PORT`]
        expect((await fetch(`http://127.0.0.1:${port}/`)).status, name).to.equal(200)
      }
      if (expected !== undefined) {
        const output = await project.pikoWell('exec', 'feature-auth', 'web', '--', 'env')
        expect(output.split('\n')).to.include(`GREETING=${expected}`)
      }
      expect(
        dockerLines('ps', '-aq', '--filter', 'label=com.docker.compose.project=somebody-elses'),
      ).to.deep.equal([])
    })
  }
})
