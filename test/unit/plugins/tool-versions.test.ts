import type { ToolRequirement } from '@piko/sdk'
import { expect } from 'chai'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cachedVersion } from '#src/plugins/tool-versions.js'

describe('cachedVersion', () => {
  let folder: string
  let asked: number

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'piko-tools-'))
    asked = 0
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const program = () => join(folder, 'owl')
  const ask = (version: string | undefined) => () => {
    asked += 1
    return Promise.resolve(version)
  }
  const owl = (rest: Partial<ToolRequirement> = {}): ToolRequirement => ({
    name: 'Owl',
    command: ['owl', '--version'],
    version: '*',
    install: 'To install Owl, look up',
    installedAt: () => [join(folder, 'elsewhere'), program()],
    ...rest,
  })

  it('asks once while the same program is installed, and again for another one', async () => {
    writeFileSync(program(), 'one')
    expect(await cachedVersion(owl(), ask('1.0.0'))).to.equal('1.0.0')
    expect(await cachedVersion(owl(), ask('9.9.9'))).to.equal('1.0.0')
    writeFileSync(program(), 'another')
    expect(await cachedVersion(owl(), ask('2.0.0'))).to.equal('2.0.0')
    expect(asked).to.equal(2)
  })

  it('keeps the answers of two commands of one program apart', async () => {
    writeFileSync(program(), 'one')
    await cachedVersion(owl(), ask('1.0.0'))
    expect(await cachedVersion(owl({ command: ['owl', 'nest', '--version'] }), ask('3.0.0'))).to.equal(
      '3.0.0',
    )
  })

  it('asks each time where nothing is found, or nobody says where to look', async () => {
    for (const tool of [owl(), owl({ installedAt: () => [] })]) {
      await cachedVersion(tool, ask('1.0.0'))
      await cachedVersion(tool, ask('1.0.0'))
    }
    expect(asked).to.equal(4)
  })

  it('does not remember that a program has not answered', async () => {
    writeFileSync(program(), 'one')
    expect(await cachedVersion(owl(), ask(undefined))).to.equal(undefined)
    expect(await cachedVersion(owl(), ask('1.0.0'))).to.equal('1.0.0')
  })
})
