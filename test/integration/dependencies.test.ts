import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { makeScratchProject, type ScratchProject } from '../support/scratch-project.js'

interface Doctor {
  readonly findings: readonly {
    readonly title: string
    readonly says?: string
    readonly hints: readonly string[]
  }[]
}

/** No engine and no Compose file: only a worktree. */
const files = {
  '.gitignore': 'node_modules\n.venv\ntarget\nvendor\n',
  'package-lock.json': '{}\n',
  'apps/web/yarn.lock': '\n',
  'apps/api/requirements.txt': 'flask\n',
  'tool/Cargo.lock': '\n',
  'composer.json': '{}\n',
}

describe('dependency folders that git ignores', function () {
  this.timeout(240_000)
  let project: ScratchProject
  beforeEach(async () => {
    project = await makeScratchProject({ files, config: false }, () => undefined)
    for (const path of [
      'node_modules/a/index.js',
      'apps/web/node_modules/b.js',
      'apps/api/.venv/pyvenv.cfg',
      'tool/target/x',
    ])
      project.write(path, 'of main\n')
  })
  afterEach(() => project.dispose())

  it('are listed by init, and doctor says how each is provided', async () => {
    const hintsOf = async () => {
      const { stdout } = await project.piko('doctor', '--json')
      const { findings } = JSON.parse(stdout) as Doctor
      const ours = findings.filter(({ title }) => title.startsWith('Dependencies: '))
      return Object.fromEntries(ours.map(({ title, says, hints }) => [title.slice(14), [says, ...hints]]))
    }
    expect(await hintsOf()).to.deep.equal({
      'node_modules (npm)': ['copied where a service mounts it'],
      'apps/web/node_modules (yarn)': ['copied where a service mounts it'],
      'apps/api/.venv (pip)': [
        'not in worktrees',
        "To install it in a service's container, add `dependencies: { apps/api/.venv: install }` to .piko.yml",
      ],
      'vendor (composer)': [
        'not in worktrees',
        "To install it in a service's container, add `dependencies: { vendor: install }` to .piko.yml",
      ],
    })
    await project.pikoWell('init')
    const text = readFileSync(join(project.root, '.piko.yml'), 'utf8')
    const section = text.slice(
      text.indexOf('\ndependencies:'),
      text.indexOf("\n\n# The project's own scripts"),
    )
    expect(section.trim().split('\n').toSorted()).to.deep.equal([
      '  # apps/api/.venv: install # pip (apps/api/requirements.txt); a copy does not run in a container',
      '  # tool/target: copy # cargo (tool/Cargo.lock), which builds it again by itself',
      '  # vendor: install # composer (composer.json); not in the main checkout',
      '  apps/web/node_modules: copy # yarn (apps/web/yarn.lock)',
      '  node_modules: copy # npm (package-lock.json)',
      'dependencies:',
    ])
    expect((await hintsOf())['node_modules (npm)']).to.deep.equal(['copied to each worktree'])
    await project.pikoWell('config', 'check')
    const output = await project.pikoWell('create', 'a')
    expect(output).to.contain('node_modules (1 file)').and.contain('apps/web/node_modules (1 file)')
    const copy = join(project.worktree('a'), 'apps/web/node_modules/b.js')
    expect(readFileSync(copy, 'utf8')).to.equal('of main\n')
    expect(await project.at(project.worktree('a')).git('status', '--porcelain')).to.equal('')
  })

  it('require a command if none is known, and nothing is left', async () => {
    project.write('.piko.yml', 'plugins: []\ndependencies: { lib: install }\n')
    const { exitCode, stderr } = await project.piko('create', 'a')
    expect(exitCode).to.equal(3)
    expect(stderr)
      .to.contain('DEPENDENCIES_UNCLEAR')
      .and.contain('dependencies: { lib: { install: COMMAND } }')
  })
})
