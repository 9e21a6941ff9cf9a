import { expect } from 'chai'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfigFile } from '#src/project/config-file.js'
import { failing } from './failing.js'

describe('readConfigFile', () => {
  let root: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'piko-config-'))
  })
  afterEach(() => rm(root, { recursive: true }))

  it('reads an absent file as an empty one', async () => {
    const document = await readConfigFile(root)
    expect(document.value).to.deep.equal({})
    expect(document.positionOf(['ports'])).to.deep.equal({ line: 1, column: 1 })
  })

  for (const file of ['.piko.yml', '.piko.yaml']) {
    it(`reads ${file}`, async () => {
      await writeFile(join(root, file), 'project: x\n')
      expect(await readConfigFile(root)).to.deep.include({ file, value: { project: 'x' } })
    })
  }

  it('refuses to choose between two files', async () => {
    await writeFile(join(root, '.piko.yml'), '')
    await writeFile(join(root, '.piko.yaml'), '')
    const details = await failing(() => readConfigFile(root))
    expect(details.code).to.equal('CONFIG_AMBIGUOUS')
    expect(details.message).to.include(root)
  })

  it('names a file that cannot be read and keeps the cause', async () => {
    await mkdir(join(root, '.piko.yml'))
    const details = await failing(() => readConfigFile(root))
    expect(details.code).to.equal('CONFIG_UNREADABLE')
    expect(details.cause).to.have.property('code', 'EISDIR')
  })
})
