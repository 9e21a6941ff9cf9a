import { existsSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { docker } from '../../support/engine.js'
import { addLink, addPackage, mounted } from '../../support/node-projects.js'
import { useScenario } from '../../support/scenario.js'
import type { ScratchProject } from '../../support/scratch-project.js'

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

describe('dependencies of a mounted source tree', function () {
  this.timeout(600_000)
  const scenario = useScenario()
  const answerOf = async (project: ScratchProject, name: string) => {
    const { PIKO_API_PORT } = await project.json<Record<string, string>>('env', name)
    return (await fetch(`http://127.0.0.1:${PIKO_API_PORT}/`)).text()
  }
  const container = (project: ScratchProject, name: string, service: string) =>
    `piko-${project.mark}-${name}-${service}-1`

  describe('from npm', () => {
    it("are copied without configuration, and containers cannot write into main's", async () => {
      const project = await scenario.project({ files: mounted, config: '' })
      addPackage(join(project.root, 'node_modules'), 'pg')
      const output = await project.pikoWell('create', 'a')
      expect(output).to.contain('✓ Copied node_modules (2 files) from the main checkout')
      expect(await answerOf(project, 'a')).to.equal('from pg\n')
      const inside = docker('exec', container(project, 'a', 'api'), 'cat', '/app/node_modules/pg/written')
      expect(inside).to.equal('by a container')
      expect(existsSync(join(project.root, 'node_modules/pg/written'))).to.equal(false)
      expect(await project.at(project.worktree('a')).git('status', '--porcelain')).to.equal('')
      const { dependencies, warnings } = await project.json<Status>('status', 'a')
      expect(dependencies).to.have.length(1)
      expect(dependencies[0]).to.deep.include({
        path: 'node_modules',
        how: 'copied',
        seen: [{ service: 'api', target: '/app/node_modules' }],
      })
      expect(warnings).to.deep.equal([])
      expect(await project.pikoWell('status', 'a')).to.match(
        /^ {2}node_modules +a copy of the main checkout's +api$/m,
      )
      expect(await project.pikoWell('up', 'a')).to.not.contain('Copied')
      await project.pikoWell('destroy', 'a', '--yes', '--force')
      expect(existsSync(project.worktree('a'))).to.equal(false)
      expect(readFileSync(join(project.root, 'node_modules/pg/index.js'), 'utf8')).to.contain('from pg')
    })

    it('are copied by files.link if a container mounts them, and linked if none does', async () => {
      const config = 'files: { link: [node_modules, tools/node_modules] }\n'
      const files = {
        ...mounted,
        'compose.yaml': (mounted['compose.yaml'] ?? '').replace('.:/app', './app:/app'),
        'app/server.mjs': mounted['server.mjs'] ?? '',
        'app/package.json': mounted['package.json'] ?? '',
      }
      const project = await scenario.project({ files, config: config.replace('tools', 'app') })
      addPackage(join(project.root, 'app/node_modules'), 'pg')
      addPackage(join(project.root, 'node_modules'), 'prettier')
      await project.pikoWell('create', 'a')
      expect(await answerOf(project, 'a')).to.equal('from pg\n')
      const at = (path: string) => lstatSync(join(project.worktree('a'), path))
      expect(at('node_modules').isSymbolicLink()).to.equal(true)
      expect(at('app/node_modules').isDirectory()).to.equal(true)
      expect(existsSync(join(project.root, 'app/node_modules/pg/written'))).to.equal(false)
      const { dependencies } = await project.json<Status>('status', 'a')
      expect(dependencies.map(({ path, how }) => `${path} ${how}`)).to.deep.equal([
        'app/node_modules copied',
        'node_modules linked',
      ])
    })

    it("use the branch's own workspace packages, whatever kind of link leads to them", async () => {
      const files = {
        ...mounted,
        'packages/pg/package.json': '{ "name": "pg", "type": "module", "exports": "./index.js" }\n',
        'packages/pg/index.js': "export const name = 'main'\n",
        'packages/tie/package.json': '{ "name": "tie", "type": "module", "exports": "./index.js" }\n',
        'packages/tie/index.js': "export const name = 'main'\n",
        'server.mjs': (mounted['server.mjs'] ?? '')
          .replace("from 'pg'", "from 'pg'\nimport { name as other } from 'tie'")
          .replace('name +', "name + ' ' + other +"),
      }
      const project = await scenario.project({ files })
      addLink(join(project.root, 'node_modules/pg'), '../packages/pg')
      addLink(join(project.root, 'node_modules/tie'), join(project.root, 'packages/tie'))
      await project.git('checkout', '--quiet', '-b', 'a')
      await project.commit({
        'packages/pg/index.js': "export const name = 'branch'\n",
        'packages/tie/index.js': "export const name = 'branch'\n",
      })
      await project.git('checkout', '--quiet', 'main')
      await project.pikoWell('create', 'a')
      expect(await answerOf(project, 'a')).to.equal('branch branch\n')
    })

    it('cause a warning if the branch pins other versions than the copy has', async () => {
      const project = await scenario.project({ files: mounted })
      addPackage(join(project.root, 'node_modules'), 'pg')
      await project.git('checkout', '--quiet', '-b', 'a')
      await project.commit({ 'package-lock.json': '{ "lockfileVersion": 3, "name": "app" }\n' })
      await project.git('checkout', '--quiet', 'main')
      const { warnings } = await project.json<Status>('create', 'a', '--no-start')
      expect(warnings.map(({ code }) => code)).to.deep.equal(['DEPENDENCIES_OUTDATED'])
      expect(warnings[0]?.hints?.[0]).to.contain('dependencies: { node_modules: install }')
    })

    it('are not copied if a service mounts something over them', async () => {
      const files = {
        ...mounted,
        'compose.yaml': (mounted['compose.yaml'] ?? '').replace(
          "['.:/app']",
          "['.:/app', '/app/node_modules']",
        ),
        'server.mjs':
          "import { createServer } from 'node:http'\ncreateServer((_, a) => a.end()).listen(3000)\n",
      }
      const project = await scenario.project({ files })
      addPackage(join(project.root, 'node_modules'), 'pg')
      expect(await project.pikoWell('create', 'a')).to.not.contain('Copied')
      expect((await project.json<Status>('status', 'a')).dependencies).to.deep.equal([])
    })
  })

  describe('from pnpm', () => {
    it('keep links into .pnpm within the copy, without a store outside the tree', async () => {
      const { 'package-lock.json': _, ...rest } = mounted
      const project = await scenario.project({
        files: { ...rest, 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" },
      })
      const modules = join(project.root, 'node_modules')
      addPackage(join(modules, '.pnpm/pg@1.0.0/node_modules'), 'pg')
      addPackage(join(modules, '.pnpm/inner@1.0.0/node_modules'), 'inner', 'from the store')
      writeFileSync(
        join(modules, '.pnpm/pg@1.0.0/node_modules/pg/index.js'),
        "export { name } from 'inner'\n",
      )
      addLink(join(modules, '.pnpm/pg@1.0.0/node_modules/inner'), '../../inner@1.0.0/node_modules/inner')
      addLink(join(modules, 'pg'), '.pnpm/pg@1.0.0/node_modules/pg')
      await project.pikoWell('create', 'a')
      expect(await answerOf(project, 'a')).to.equal('from the store\n')
      docker(
        'exec',
        container(project, 'a', 'api'),
        'test',
        '-f',
        '/app/node_modules/.pnpm/pg@1.0.0/node_modules/pg/written',
      )
      expect(existsSync(join(modules, 'pg/written'))).to.equal(false)
    })
  })

  it('suggest the line to add if a start fails without a module', async () => {
    const project = await scenario.project({ files: mounted, config: 'dependencies: {}\n' })
    addPackage(join(project.root, 'node_modules'), 'pg')
    const { stderr, exitCode } = await project.piko('create', 'a')
    expect(exitCode).to.equal(4)
    expect(stderr).to.contain("Cannot find package 'pg'")
    expect(stderr).to.contain('node_modules is not in this worktree: git ignores it')
    expect(stderr).to.contain('set `dependencies: { node_modules: copy }` in .piko.yml')
  })

  it('cause a warning if a configured folder is nowhere', async () => {
    const project = await scenario.project({
      files: mounted,
      config: 'dependencies: { node_modules: copy }\n',
    })
    const { warnings } = await project.json<Status>('create', 'a', '--no-start')
    expect(warnings.map(({ code }) => code)).to.deep.equal(['DEPENDENCIES_MISSING'])
    expect((await project.json<Status>('status', 'a')).dependencies[0]?.how).to.equal('absent')
  })

  it('are left alone if the worktree already has them', async () => {
    const project = await scenario.project({ files: mounted })
    addPackage(join(project.root, 'node_modules'), 'pg')
    await project.pikoWell('create', 'a')
    const own = join(project.worktree('a'), 'node_modules/pg/index.js')
    rmSync(own)
    writeFileSync(own, "export const name = 'my own'\n")
    await project.pikoWell('restart', 'a')
    expect(await answerOf(project, 'a')).to.equal('my own\n')
  })
})
