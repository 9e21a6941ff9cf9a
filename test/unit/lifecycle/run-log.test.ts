import { expect } from 'chai'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { silentNarrator } from '#src/lifecycle/narrator.js'
import { logOf, recordRun } from '#src/lifecycle/run-log.js'
import { renderError } from '#src/output/render-error.js'
import { temporaryFolder } from '../../support/temp.js'

describe('the log of a run', () => {
  it('holds every step and its output, is readable by the user alone, and is named by the error', function () {
    const folder = join(temporaryFolder(this), 'logs')
    const log = recordRun(silentNarrator, { folder, command: 'create feature-auth' })
    log.narrator.begin([{ id: 'a:one', title: 'Doing one' }])
    log.narrator.start('a:one')
    log.narrator.progress('a:one', 'a line of output')
    log.narrator.done('a:one', 'failed')
    const error = log.failed(new Error('it broke'))
    const file = logOf(error) ?? ''
    expect(file).to.match(/-create-feature-auth\.log$/)
    expect(statSync(file).mode & 0o777).to.equal(0o600)
    expect(readFileSync(file, 'utf8'))
      .to.contain('Doing one (a:one)')
      .and.contain('a line of output')
      .and.contain('it broke')
    expect(renderError(error).lines.at(-1)).to.equal(
      `↳ To see every step and its output, run \`cat ${file}\``,
    )
    expect(renderError(error).json).to.have.nested.property('error.log', file)
  })

  it('is not written for a run that was refused before its first step', function () {
    const folder = join(temporaryFolder(this), 'logs')
    const error = recordRun(silentNarrator, { folder, command: 'create x' }).failed(new Error('no'))
    expect(existsSync(folder)).to.equal(false)
    expect(logOf(error)).to.equal(undefined)
  })

  it('keeps the twenty newest logs and unrelated files', function () {
    const folder = join(temporaryFolder(this), 'logs')
    mkdirSync(folder)
    writeFileSync(join(folder, 'notes.log'), '')
    for (let day = 1; day <= 25; day++)
      writeFileSync(join(folder, `2026-01-${String(day).padStart(2, '0')}T00-00-00-up-x.log`), '')
    recordRun(silentNarrator, { folder, command: 'up x' }).narrator.begin([{ id: 'a:b', title: 'B' }])
    const names = readdirSync(folder)
    expect(names).to.include('notes.log').and.include('2026-01-25T00-00-00-up-x.log')
    expect(names).not.to.include('2026-01-06T00-00-00-up-x.log')
    expect(names.filter(name => name.startsWith('2026-') || name.includes('-up-x'))).to.have.length(20)
  })
})
