import { existsSync } from 'node:fs'
import { expect } from 'chai'
import { full } from '../../support/compose-projects.js'
import { readAllRows } from '../../support/rows.js'
import { useScenario } from '../../support/scenario.js'
import type { ScratchProject } from '../../support/scratch-project.js'
import { expectStock, takeStock } from '../../support/stock.js'
import { until } from '../../support/until.js'
import { isOnEngine } from '../../support/world.js'

const config = `scripts: { setup: 'trap "" TERM; [ -e setup.pid ] || { echo $$ > setup.pid; exec sleep 9; }' }\n`

/** The condition at which `piko create` is killed. */
const moments: Readonly<Record<string, (project: ScratchProject) => boolean>> = {
  'with only its name reserved': project => 'machine.blocks' in readAllRows(project),
  'as the worktree appears': project => existsSync(project.worktree('feature-auth')),
  'after the override is written': project =>
    existsSync(`${project.worktree('feature-auth')}/docker-compose.piko.yml`),
  'after a volume is created': ({ mark }) => isOnEngine(mark, 'volume'),
  'after a network is created': ({ mark }) => isOnEngine(mark, 'network'),
  'after a container is created': ({ mark }) => isOnEngine(mark, 'container'),
  'while the setup script runs': project => existsSync(`${project.worktree('feature-auth')}/setup.pid`),
}

describe('a create that was killed', () => {
  const scenario = useScenario()
  for (const [title, isReached] of Object.entries(moments)) {
    it(`${title} is destroyed without leftovers`, async () => {
      const project = await scenario.project({ files: full, config })
      const before = await takeStock(project)
      await killAt(project, isReached)
      await project.pikoWell('destroy', 'feature-auth', '--yes', '--force', '--delete-branch')
      await expectStock(project, before)
    })

    it(`${title} is resumed by create, and then destroyed without leftovers`, async () => {
      const project = await scenario.project({ files: full, config })
      const before = await takeStock(project)
      await killAt(project, isReached)
      await project.pikoWell('create', 'feature-auth')
      const compose = `piko-${project.mark}-feature-auth`
      expect(project.engine().containers).to.include.members([`${compose}-app-1`, `${compose}-cache-1`])
      await project.pikoWell('destroy', 'feature-auth', '--yes', '--force', '--delete-branch')
      await expectStock(project, before)
    })
  }
})

async function killAt(
  project: ScratchProject,
  isReached: (project: ScratchProject) => boolean,
): Promise<void> {
  const create = project.startPiko('create', 'feature-auth')
  await until('the moment to kill it', () => isReached(project))
  create.kill('SIGKILL')
  expect((await create.ended).exitCode, 'it was killed, and had not ended by itself').to.equal(137)
}
