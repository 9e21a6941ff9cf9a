import { expect } from 'chai'
import { expectedFolders, findDependencies } from '#src/project/find-dependencies.js'
import { packageManagers } from '#src/project/package-managers.js'

const filesOf = (...paths: readonly string[]) => ({
  exists: (path: string) => Promise.resolve(paths.includes(path)),
})

describe('findDependencies', () => {
  for (const { name, locks, folders } of packageManagers)
    for (const lock of locks)
      it(`recognizes ${name} by ${lock}, also in a folder of a monorepo`, async () => {
        const [folder = ''] = folders
        const files = filesOf(lock, `apps/api/${lock}`)
        const found = await findDependencies(files, [folder, `apps/api/${folder}`])
        expect(found.map(one => [one.path, one.manager, one.lock])).to.deep.equal([
          [folder, name, lock],
          [`apps/api/${folder}`, name, `apps/api/${lock}`],
        ])
      })

  it('prefers a lock file to a manifest, and names the one it found', async () => {
    const found = await findDependencies(filesOf('package.json', 'yarn.lock'), ['node_modules'])
    expect(found[0]).to.include({ manager: 'yarn', from: 'yarn.lock', lock: 'yarn.lock' })
    const loose = await findDependencies(filesOf('package.json'), ['node_modules'])
    expect(loose[0]).to.include({ manager: 'npm', from: 'package.json', command: 'npm install' })
    expect(loose[0]).to.not.have.property('lock')
  })

  it("distinguishes Go's vendor folder from Composer's, and uses a virtual environment's actual name", async () => {
    expect((await findDependencies(filesOf('go.mod', 'go.sum'), ['vendor']))[0]?.command).to.equal(
      'go mod vendor',
    )
    expect((await findDependencies(filesOf('composer.lock'), ['vendor']))[0]?.manager).to.equal('composer')
    const [venv] = await findDependencies(filesOf('requirements.txt'), ['venv'])
    expect(venv?.command).to.equal('python3 -m venv venv && venv/bin/pip install -r requirements.txt')
  })

  it('ignores a folder without a lock file or manifest beside it', async () => {
    expect(await findDependencies(filesOf('README.md'), ['vendor', 'target'])).to.deep.equal([])
    expect(await expectedFolders(filesOf('README.md'))).to.deep.equal([])
    expect(await expectedFolders(filesOf('package.json', 'composer.json'))).to.deep.equal([
      'node_modules',
      'vendor',
    ])
  })
})
