import { expect } from 'chai'
import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findReadableByOthers } from '../support/private-files.js'
import { makeScratchProject, type ScratchProject } from '../support/scratch-project.js'

const config = 'plugins: []\nenv: { PASSWORD: secret }\nscripts: { prepare: echo prepared }\n'
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

/** Every scratch project of the suite checks the same when it is disposed of. */
describe("piko's files", () => {
  let made: ScratchProject
  const at = (path: string) => join(made.root, path)
  beforeEach(async () => {
    made = await makeScratchProject({ config, files: { 'README.md': 'x\n' } }, () => undefined)
  })
  afterEach(() => made.dispose())

  it('can be read by their user only, whatever the umask', async () => {
    const before = process.umask(0)
    try {
      await made.pikoWell('create', 'one', '--trust')
      await made.piko('create', 'two', '--from', 'gone')
      await made.pikoWell('down', 'one')
    } finally {
      process.umask(before)
    }
    const files = ['.piko/state.db', '.git/piko/state.db', '.piko/worktrees/one/.env.piko']
    expect(files.map(file => modeOf(at(file)))).to.deep.equal(['600', '600', '600'])
    expect([modeOf(at('.piko')), modeOf(join(made.folder, 'home/state/piko'))]).to.deep.equal(['700', '700'])
    expect(findReadableByOthers(made)).to.deep.equal([])
  })

  it('are closed if an earlier version left them open', async () => {
    await made.pikoWell('create', 'one', '--trust')
    chmodSync(at('.piko'), 0o755)
    chmodSync(at('.piko/state.db'), 0o644)
    await made.pikoWell('down', 'one')
    expect([modeOf(at('.piko')), modeOf(at('.piko/state.db'))]).to.deep.equal(['700', '600'])
    expect(existsSync(at('.piko/state.db-wal')) && modeOf(at('.piko/state.db-wal')) !== '600').to.equal(false)
  })

  it("keep the mode of the user's own file", async () => {
    writeFileSync(at('.gitignore'), '.env\n')
    await made.git('add', '.gitignore')
    await made.git('commit', '--quiet', '--message', 'ignore')
    writeFileSync(at('.env'), 'A=b\n')
    chmodSync(at('.env'), 0o640)
    await made.pikoWell('create', 'one', '--trust')
    expect(modeOf(at('.piko/worktrees/one/.env'))).to.equal('640')
  })
})
