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

  it('asks once per installed program, and again after it changes', async () => {
    writeFileSync(program(), 'one')
    expect(await cachedVersion(owl(), ask('1.0.0'))).to.equal('1.0.0')
    expect(await cachedVersion(owl(), ask('9.9.9'))).to.equal('1.0.0')
    writeFileSync(program(), 'another')
    expect(await cachedVersion(owl(), ask('2.0.0'))).to.equal('2.0.0')
    expect(asked).to.equal(2)
  })

  it('caches two commands of one program separately', async () => {
    writeFileSync(program(), 'one')
    await cachedVersion(owl(), ask('1.0.0'))
    expect(await cachedVersion(owl({ command: ['owl', 'nest', '--version'] }), ask('3.0.0'))).to.equal(
      '3.0.0',
    )
  })

  it('asks every time if nothing is found, or no location is given', async () => {
    for (const tool of [owl(), owl({ installedAt: () => [] })]) {
      await cachedVersion(tool, ask('1.0.0'))
      await cachedVersion(tool, ask('1.0.0'))
    }
    expect(asked).to.equal(4)
  })

  it('does not cache a missing answer', async () => {
    writeFileSync(program(), 'one')
    expect(await cachedVersion(owl(), ask(undefined))).to.equal(undefined)
    expect(await cachedVersion(owl(), ask('1.0.0'))).to.equal('1.0.0')
  })
})
