import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { site } from '../../support/compose-projects.js'
import { docker, dockerLines } from '../../support/engine.js'
import { addLink, addPackage, mounted } from '../../support/node-projects.js'
import { useScenario } from '../../support/scenario.js'
import type { ScratchProject } from '../../support/scratch-project.js'
import { expectEngine } from '../../support/stock.js'

interface Status {
  readonly dependencies: readonly {
    readonly path: string
    readonly how: string
    readonly seen: readonly { readonly service: string; readonly target: string }[]
  }[]
  readonly warnings: readonly {
    readonly code: string
    readonly message: string
    readonly hints?: readonly string[]
  }[]
}

const busybox = (command: string, image = 'busybox:latest') => `services:
  web:
    image: ${image}
    working_dir: /app
    init: true
    command: ${JSON.stringify(['sh', '-c', command])}
    volumes: ['.:/app']
`

describe('dependencies installed in a container', function () {
  this.timeout(600_000)
  const scenario = useScenario()
  const answerOf = async (project: ScratchProject, name: string) => {
    const { PIKO_API_PORT } = await project.json<Record<string, string>>('env', name)
    return (await fetch(`http://127.0.0.1:${PIKO_API_PORT}/`)).text()
  }
  const container = (project: ScratchProject, name: string, service: string) =>
    `piko-${project.mark}-${name}-${service}-1`

  describe('install', () => {
    const npm = join(process.execPath, '../../lib/node_modules/npm')
    const files = {
      ...mounted,
      'compose.yaml': (mounted['compose.yaml'] ?? '').replace("['.:/app']", `['.:/app', '${npm}:/npm:ro']`),
      'package.json': '{ "name": "app", "version": "1.0.0", "dependencies": { "pg": "file:pg" } }\n',
      'pg/package.json': '{ "name": "pg", "version": "1.0.0", "type": "module", "exports": "./index.js" }\n',
      'pg/index.js': "export const name = 'installed by npm'\n",
      'package-lock.json': JSON.stringify({
        name: 'app',
        lockfileVersion: 3,
        requires: true,
        packages: {
          '': { name: 'app', dependencies: { pg: 'file:pg' } },
          'node_modules/pg': { resolved: 'pg', link: true },
          pg: { version: '1.0.0' },
        },
      }),
    }
    const config = `dependencies:
  node_modules: { install: node /npm/bin/npm-cli.js ci --offline --install-links=false, service: api }
`

    it("runs in the service's container, into a volume removed with the environment", async () => {
      const project = await scenario.project({ files, config })
      const before = project.engine()
      addPackage(join(project.root, 'node_modules'), 'pg', 'from main')
      await project.pikoWell('create', 'a', '--no-start')
      await expectEngine(project, before)
      const failure = await project.pikoWell('up', 'a')
      expect(failure).to.contain('✓ Installed node_modules in a container')
      expect(await answerOf(project, 'a')).to.equal('installed by npm\n')
      const volume = dockerLines('volume', 'ls', '-q', '--filter', 'label=dev.piko.dependencies=node_modules')
      expect(volume.filter(name => name.includes(project.mark))).to.have.length(1)
      expect(lstatSync(join(project.worktree('a'), 'node_modules')).isDirectory()).to.equal(true)
      expect(await project.pikoWell('status', 'a')).to.match(
        /^ {2}node_modules +installed in a container, in a volume +api$/m,
      )
      expect(readFileSync(join(project.root, 'node_modules/pg/index.js'), 'utf8')).to.contain('from main')
      await project.pikoWell('down', 'a')
      expect(await project.pikoWell('up', 'a')).to.not.contain('Installed')
      await project.pikoWell('destroy', 'a', '--yes', '--keep-volumes', '--force')
      await expectEngine(project, before)
      expect(existsSync(project.worktree('a'))).to.equal(false)
    })

    it('runs again after the lock file changes, and explains the volume', async () => {
      const project = await scenario.project({ files, config })
      await project.pikoWell('create', 'a')
      expect(await project.pikoWell('explain', 'a')).to.contain(
        'folder /app/node_modules: node_modules of the worktree',
      )
      const at = project.at(project.worktree('a'))
      at.write('package-lock.json', `${files['package-lock.json']}\n`)
      expect(await project.pikoWell('up', 'a')).to.contain('Installed node_modules')
    })

    it('shows its output if it fails, and leaves nothing', async () => {
      const failing = 'dependencies: { node_modules: { install: echo no such registry; exit 7 } }\n'
      const project = await scenario.project({ files, config: failing })
      const { exitCode, stderr } = await project.piko('create', 'a')
      expect(exitCode).to.equal(4)
      expect(stderr)
        .to.contain('COMPOSE_INSTALL_FAILED')
        .and.contain('exit code 7')
        .and.contain('no such registry')
      await project.piko('destroy', 'a', '--yes', '--force')
      const left = dockerLines('volume', 'ls', '-q', '--filter', 'label=dev.piko.dependencies=node_modules')
      expect(left.filter(name => name.includes(project.mark))).to.deep.equal([])
    })

    it("gives the files to the service's user", async () => {
      const config =
        'dependencies: { node_modules: { install: mkdir node_modules/pg && id -u >node_modules/pg/user } }\n'
      const compose = busybox('sleep 1000').replace('    init', '    user: "1000:1000"\n    init')
      const project = await scenario.project({ files: { ...mounted, 'compose.yaml': compose }, config })
      await project.pikoWell('create', 'a')
      const name = container(project, 'a', 'web')
      expect(docker('exec', name, 'cat', 'node_modules/pg/user')).to.equal('1000')
      docker('exec', name, 'mkdir', 'node_modules/.cache')
    })
  })

  describe('a Python virtual environment', () => {
    // The test images have no interpreter: this tests that piko does not rely on a copy.
    const files = {
      ...site,
      'compose.yaml': busybox(
        'test -x .venv/bin/python || { echo "ModuleNotFoundError: No module named \'flask\'"; exit 1; }; sleep 1000',
      ),
      'requirements.txt': 'flask\n',
      '.gitignore': '.venv/\n',
    }

    it('is not copied from the main checkout, and a hint says how to install it', async () => {
      const project = await scenario.project({ files })
      project.write('.venv/pyvenv.cfg', 'home = /usr/bin\n')
      addLink(join(project.root, '.venv/bin/python'), '/usr/bin/python3')
      const { warnings } = await project.json<Status>('create', 'a', '--no-start')
      expect(warnings.map(({ code, hints = [] }) => [code, ...hints])).to.deep.equal([
        ['DEPENDENCIES_ABSENT', 'To provide it, set `dependencies: { .venv: install }` in .piko.yml'],
      ])
      const { stderr, exitCode } = await project.piko('up', 'a')
      expect(exitCode).to.equal(4)
      expect(stderr).to.contain('.venv is not in this worktree: git ignores it')
      expect(stderr).to.contain('dependencies: { .venv: install }')
    })

    it('causes a warning if copied on request', async () => {
      const project = await scenario.project({ files, config: 'dependencies: { .venv: copy }\n' })
      project.write('.venv/pyvenv.cfg', 'home = /usr/bin\n')
      const { warnings } = await project.json<Status>('create', 'a', '--no-start')
      expect(warnings.map(({ code }) => code)).to.deep.equal(['DEPENDENCIES_VIRTUAL_ENVIRONMENT'])
    })

    it('is installed in the container, where its absolute paths are valid', async () => {
      const make =
        'mkdir -p .venv/bin && ln -s /bin/busybox .venv/bin/python && echo "#!$PWD/.venv/bin/python" >.venv/bin/flask'
      const config = `dependencies: { .venv: { install: ${JSON.stringify(make)} } }\n`
      const project = await scenario.project({ files, config })
      await project.pikoWell('create', 'a')
      const shebang = docker('exec', container(project, 'a', 'web'), 'cat', '.venv/bin/flask')
      expect(shebang).to.equal('#!/app/.venv/bin/python')
    })
  })

  describe('a PHP vendor folder', () => {
    // No PHP needed: busybox looks for the file that PHP would require.
    const failure = "PHP Fatal error:  Uncaught Error: Failed opening required 'vendor/autoload.php'"
    const files = {
      ...site,
      'compose.yaml': busybox(`test -f vendor/autoload.php || { echo "${failure}"; exit 255; }; sleep 1000`),
      'composer.json': '{}\n',
      'composer.lock': '{}\n',
      '.gitignore': 'vendor/\n',
    }

    it('is copied', async () => {
      const project = await scenario.project({ files })
      project.write('vendor/autoload.php', '<?php\n')
      expect(await project.pikoWell('create', 'a')).to.contain('✓ Copied vendor (1 file)')
      docker('exec', container(project, 'a', 'web'), 'test', '-f', '/app/vendor/autoload.php')
    })

    it('is suggested in a hint if a start fails without it', async () => {
      const project = await scenario.project({ files })
      const { stderr, exitCode } = await project.piko('create', 'a')
      expect(exitCode).to.equal(4)
      expect(stderr)
        .to.contain('COMPOSE_SERVICE_FAILED')
        .and.contain('vendor is not in this worktree: git ignores it')
      expect(stderr).to.contain('set `dependencies: { vendor: install }` in .piko.yml')
    })
  })
})
