import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { site } from '../../support/compose-projects.js'
import { useScenario } from '../../support/scenario.js'

const ignored = '.env*\nnode_modules\nconfig/*.local\ncertificates/\n*.log\n'

describe('files that git ignores', () => {
  const scenario = useScenario()

  it('are copied for .env by default, and for what .worktreeinclude names', async () => {
    const project = await scenario.project({
      files: { ...site, '.gitignore': ignored, '.worktreeinclude': 'certificates/\n' },
    })
    for (const path of ['.env', '.env.local', 'apps/api/.env', 'certificates/key.pem', 'server.log'])
      project.write(path, `FROM=${path}\n`)
    await project.pikoWell('create', 'feature-auth', '--no-start')
    const read = (path: string) => readFileSync(join(project.worktree('feature-auth'), path), 'utf8')
    for (const path of ['.env', '.env.local', 'apps/api/.env', 'certificates/key.pem'])
      expect(read(path)).to.equal(`FROM=${path}\n`)
    expect(() => read('server.log')).to.throw('ENOENT')
    expect(await project.at(project.worktree('feature-auth')).git('status', '--porcelain')).to.equal('')
  })

  it('are copied by files.copy instead of the default, and linked by files.link', async () => {
    const config = 'files: { copy: [config/app.local], link: [node_modules] }\n'
    const project = await scenario.project({ files: { ...site, '.gitignore': ignored }, config })
    for (const path of ['.env', 'config/app.local', 'node_modules/left-pad/index.js'])
      project.write(path, `${path}\n`)
    await project.pikoWell('create', 'feature-auth', '--no-start')
    const worktree = project.worktree('feature-auth')
    expect(readFileSync(join(worktree, 'config/app.local'), 'utf8')).to.equal('config/app.local\n')
    expect(lstatSync(join(worktree, 'node_modules')).isSymbolicLink()).to.equal(true)
    expect(() => lstatSync(join(worktree, '.env'))).to.throw('ENOENT')
    expect(await project.at(worktree).git('status', '--porcelain')).to.equal('')
    await project.pikoWell('destroy', 'feature-auth', '--yes')
    expect(readFileSync(join(project.root, 'node_modules/left-pad/index.js'), 'utf8')).to.contain('left-pad')
  })
})
