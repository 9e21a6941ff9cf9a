import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { site } from '../../support/compose-projects.js'
import { useScenario } from '../../support/scenario.js'
import type { ScratchProject } from '../../support/scratch-project.js'

const note = (script: string) =>
  `{ pwd; env | grep ^PIKO_ | grep -v -e SUBNET -e READY | sort; } >> ../../../../${script}.txt`
const config = `scripts:
  prepare: '${note('prepare')}'
  setup: '${note('setup')}; wget -q -O /dev/null "http://127.0.0.1:$PIKO_WEB_PORT/" && touch ../../../../answered'
  run: '${note('run')}'
  destroy: '${note('destroy')}'
`

describe("a project's own scripts", () => {
  const scenario = useScenario()

  it("run at their time, in the worktree, with the environment's variables", async () => {
    const project = await scenario.project({ files: site, config })
    await project.pikoWell('create', 'feature-auth')
    const variables = await project.pikoWell('env', 'feature-auth')
    const seen = `${project.worktree('feature-auth')}\n${variables}`
    expect(noteOf(project, 'prepare')).to.equal(seen)
    expect(noteOf(project, 'setup')).to.equal(seen)
    await project.pikoWell('down', 'feature-auth')
    await project.pikoWell('up', 'feature-auth')
    expect(noteOf(project, 'setup'), 'once in its life').to.equal(seen)
    await project.pikoWell('run', 'feature-auth')
    expect(noteOf(project, 'run')).to.equal(seen)
    expect(existsSync(join(project.folder, 'destroy.txt'))).to.equal(false)
    await project.pikoWell('destroy', 'feature-auth', '--yes')
    expect(noteOf(project, 'destroy')).to.equal(seen)
  })

  it('show their output on stderr with --verbose', async () => {
    const project = await scenario.project({
      files: site,
      config: `scripts: { setup: 'echo "seeding $PIKO_ENV_NAME"' }\n`,
    })
    const { stdout, stderr } = await project.piko('create', 'feature-auth', '--verbose')
    expect(stderr).to.contain('seeding feature-auth')
    expect(stdout).not.to.contain('seeding')
  })
})

function noteOf(project: ScratchProject, script: string): string {
  return readFileSync(join(project.folder, `${script}.txt`), 'utf8')
}
