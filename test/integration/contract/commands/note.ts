import { Flags } from '@oclif/core'
import { failure } from '@piko/sdk'
import { PikoCommand } from '@piko/sdk/command'
import { modelFact } from '../plugins/engine.js'

export default class Note extends PikoCommand {
  static override strict = false
  static override flags = { env: Flags.string(), sql: Flags.string(), wrong: Flags.boolean() }

  async run() {
    const { argv, flags } = await this.parse(Note)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    if (flags.wrong) throw failure({ code: 'NOTES_WRONG', message: 'As asked', kind: 'refused' })
    await host.change('notes', environment, async context => {
      const add = 'INSERT INTO notes_lines (line) VALUES (?)'
      context.transaction(tables => (flags.sql ? tables.run(flags.sql) : tables.run(add, rest.join(' '))))
    })
    const context = await host.open('notes', environment)
    const lines = context.read(tables => tables.all('SELECT line FROM notes_lines')).map(({ line }) => line)
    this.log(lines.join('\n'))
    return { environment: environment.name, lines, services: context.fact(modelFact)?.services }
  }
}
