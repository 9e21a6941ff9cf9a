import type { Command, Interfaces } from '@oclif/core'
import { expect } from 'chai'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Help from '#src/output/help.js'
import { loadConfig } from '#src/oclif/own-plugins.js'

const folder = resolve('test/snapshots/help')
const isUpdating = process.env['UPDATE_SNAPSHOTS'] === '1'

class CapturedHelp extends Help {
  text = ''

  protected override log(...lines: string[]): void {
    this.text += `${lines.join('\n')}\n`
  }
}

/** A page of `piko help`: a command's by its id, or the root page. */
interface Page {
  readonly file: string
  readonly words: readonly string[]
}

async function helpOf(config: Interfaces.Config, { words }: Page): Promise<string> {
  const help = new CapturedHelp(config, { maxWidth: 80, stripAnsi: true })
  await help.showHelp([...words])
  return `${help.text.trimEnd().replace(config.userAgent, 'piko/<version>')}\n`
}

function isOurs({ pluginName = '' }: Command.Loadable): boolean {
  return pluginName === 'piko' || pluginName.startsWith('@piko/plugin-')
}

function pageOf({ id }: Command.Loadable): Page {
  return { file: `${id.replaceAll(':', '-')}.txt`, words: id.split(':') }
}

const root: Page = { file: 'piko.txt', words: [] }

describe('help pages at 80 columns', () => {
  let config: Interfaces.Config
  let commands: readonly Command.Loadable[] = []
  let pages: readonly Page[] = []
  before(async () => {
    config = await loadConfig()
    commands = config.commands.filter(command => isOurs(command) && !command.hidden)
    pages = [root, ...commands.map(pageOf)]
    if (!isUpdating) return
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
    for (const page of pages) writeFileSync(join(folder, page.file), await helpOf(config, page))
  })

  it('matches test/snapshots/help (UPDATE_SNAPSHOTS=1 updates it)', async () => {
    for (const page of pages) {
      const file = join(folder, page.file)
      expect(existsSync(file), `${file} is there`).to.equal(true)
      expect(await helpOf(config, page), file).to.equal(readFileSync(file, 'utf8'))
    }
  })

  it('has no snapshot without a command', () => {
    expect([...readdirSync(folder)].sort()).to.deep.equal(pages.map(({ file }) => file).sort())
  })

  it('fits 80 columns', async () => {
    for (const page of pages) {
      const wide = (await helpOf(config, page)).split('\n').filter(line => line.length > 80)
      expect(wide, page.file).to.deep.equal([])
    }
  })

  it('lists commands in groups, with create first', async () => {
    const text = await helpOf(config, root)
    const titles = text.split('\n').filter(line => /^[A-Z]/.test(line))
    expect(titles.slice(-5)).to.deep.equal(['GETTING STARTED', 'EVERYDAY', 'DATA', 'STAGES', 'SETUP'])
    expect(text).to.match(/GETTING STARTED\n {2}create /)
    expect(text)
      .to.match(/^ {2}plugins .*[Ii]nstall/m)
      .and.match(/^ {2}plugin new +Create a plugin of your own/m)
  })

  it("uses one style, also for oclif's own commands", async () => {
    const all = config.commands.filter(({ id, hidden }) => !hidden && id !== 'help') // that is the root page
    for (const command of all) {
      const text = await helpOf(config, pageOf(command))
      const [summary = ''] = text.split('\n')
      expect(summary, command.id).to.match(/^[A-Z][a-z]+ .*[^.]$/)
      expect(text, command.id).not.to.match(/Show CLI help\.|Format output as json\./)
    }
  })

  it('has a summary, a description and at least two examples', () => {
    const poor = commands.filter(
      ({ summary, description, examples = [] }) => !summary || !description || examples.length < 2,
    )
    expect(poor.map(({ id }) => id)).to.deep.equal([])
  })
})
