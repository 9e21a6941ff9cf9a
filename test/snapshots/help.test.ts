import { type Command, Config } from '@oclif/core'
import { expect } from 'chai'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Help from '#src/output/help.js'

const folder = resolve('test/snapshots/help')
const isUpdating = process.env['UPDATE_SNAPSHOTS'] === '1'

class CapturedHelp extends Help {
  text = ''

  protected override log(...lines: string[]): void {
    this.text += `${lines.join('\n')}\n`
  }
}

async function helpOf(config: Config, { id }: Command.Loadable): Promise<string> {
  const help = new CapturedHelp(config, { maxWidth: 80, stripAnsi: true })
  await help.showHelp(id.split(':'))
  return `${help.text.trimEnd()}\n`
}

function isOurs({ pluginName = '' }: Command.Loadable): boolean {
  return pluginName === 'piko' || pluginName.startsWith('@piko/plugin-')
}

function fileOf({ id }: Command.Loadable): string {
  return `${id.replaceAll(':', '-')}.txt`
}

describe('--help of every command, at 80 columns', () => {
  let config: Config
  let commands: readonly Command.Loadable[] = []
  before(async () => {
    config = await Config.load(resolve('.'))
    commands = config.commands.filter(command => isOurs(command) && !command.hidden)
    if (!isUpdating) return
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
    for (const command of commands) {
      writeFileSync(join(folder, fileOf(command)), await helpOf(config, command))
    }
  })

  it('is as in test/snapshots/help; UPDATE_SNAPSHOTS=1 writes it anew', async () => {
    for (const command of commands) {
      const file = join(folder, fileOf(command))
      expect(existsSync(file), `${file} is there`).to.equal(true)
      expect(await helpOf(config, command), file).to.equal(readFileSync(file, 'utf8'))
    }
  })

  it('has a snapshot for no other command', () => {
    expect([...readdirSync(folder)].sort()).to.deep.equal(commands.map(fileOf).sort())
  })

  it('fits 80 columns', async () => {
    for (const command of commands) {
      const wide = (await helpOf(config, command)).split('\n').filter(line => line.length > 80)
      expect(wide, command.id).to.deep.equal([])
    }
  })

  it('has a summary and two examples or more', () => {
    const poor = commands.filter(({ summary, examples = [] }) => !summary || examples.length < 2)
    expect(poor.map(({ id }) => id)).to.deep.equal([])
  })
})
