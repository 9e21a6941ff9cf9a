import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { holdDefaultPorts } from '../../support/default-ports.js'
import { requireEngine } from '../../support/engine.js'
import { useScenario } from '../../support/scenario.js'

const withoutTimes = (text: string) => text.replaceAll(/ \(\d+ (min \d+ )?s\)/g, '')

describe('progress output', function () {
  this.timeout(300_000)
  const scenario = useScenario()

  it('is a line per group and a summary through a pipe', async () => {
    const project = await scenario.project()
    const { stdout, stderr } = await project.piko('create', 'feature-auth')
    expect(stdout.trimEnd().split('\n')).to.have.length(4)
    const lines = withoutTimes(stderr).split('\n')
    expect(lines.slice(0, 4)).to.deep.equal([
      '✔ Creating the worktree',
      '✔ Preparing the Compose project',
      '✔ Preparing images and data',
      '✔ Starting services',
    ])
    expect(stderr).to.match(/^ {2}Services +db +localhost:\d+$/m)
    expect(stderr).to.match(/^ {2}Worktree +\.piko\/worktrees\/feature-auth$/m)
    expect(stderr).to.contain('`piko logs -f feature-auth`').and.contain('`cd "$(piko path feature-auth)"`')

    const down = await project.piko('down', 'feature-auth')
    expect(withoutTimes(down.stderr)).to.equal('✔ Stopping containers\n✔ Removing networks\n')
    const destroy = await project.piko('destroy', 'feature-auth', '--yes')
    expect(withoutTimes(destroy.stderr).trimEnd().split('\n')).to.deep.equal([
      '✔ Removing volumes and images',
      '✔ Removing generated files',
      '✔ Removing the worktree',
      '✔ Releasing ports and names',
    ])
  })

  it('shows every step with --verbose', async () => {
    const project = await scenario.project()
    const { stderr } = await project.piko('create', 'feature-auth', '--no-start', '--verbose')
    expect(stderr).to.contain('❯ Reserving names and ports (core:reserve)')
    expect(stderr).to.contain('✔ Generating docker-compose.piko.yml')
  })

  it('names the log of the run after a failure', async () => {
    const project = await scenario.project({ config: `scripts: { prepare: 'echo told; exit 3' }\n` })
    const { stderr } = await project.piko('create', 'feature-auth', '--no-start')
    const [name = ''] = readdirSync(join(project.root, '.piko/logs'))
    const file = join(project.root, '.piko/logs', name)
    expect(stderr).to.contain(`\`cat ${file}\``)
    expect(existsSync(file)).to.equal(true)
  })

  it('shows a readable plan, and every step with --json', async () => {
    const project = await scenario.project()
    const lines = await project.pikoWell('create', 'feature-auth', '--dry-run')
    expect(lines)
      .not.to.contain('it does not exist yet')
      .and.not.to.match(/\w+:\w+\)/)
    expect(lines).to.contain('Worktree at .piko/worktrees/feature-auth').and.contain('Ports')
    const { steps } = await project.json<{ steps: readonly { step: string }[] }>(
      'create',
      'feature-auth',
      '--dry-run',
    )
    expect(steps.map(({ step }) => step)).to.include('compose:up')
  })
})

describe('docs/guide/screens.md', function () {
  this.timeout(400_000)
  let release = () => undefined as void
  before(requireEngine)
  before(() => void (release = holdDefaultPorts()))
  after(() => release())

  it("shows piko's output in a terminal of 80 columns", () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/screens.mjs', '--check'], {
      encoding: 'utf8',
    })
    expect(status, stderr).to.equal(0)
  })
})
