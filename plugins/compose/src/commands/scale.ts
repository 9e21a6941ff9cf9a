import { PikoCommand } from '@piko/sdk/command'
import { envFlag } from '../arguments/env-flag.js'
import { fetchRows } from '../engine/rows.js'
import { ownerOf } from '../labels.js'
import { parseScale } from '../scale/parse.js'
import { withWishes } from '../scale/wishes.js'

export default class Scale extends PikoCommand {
  static override summary = 'Run several replicas of a service, or fewer'
  static override description =
    'It stays so until it is said otherwise; `web=1` takes the others away again. `web#2` addresses the second one in ' +
    '`logs`, `exec`, `shell` and `restart`. Published ports get neighbouring host ports, of which Docker gives one to ' +
    'each replica; `piko ps` shows which. The service is started anew when its ports change.'
  static override examples = [
    {
      description: 'Three replicas of web',
      command: '<%= config.bin %> <%= command.id %> feature-auth web=3',
    },
    {
      description: 'From inside the worktree, back to one',
      command: '<%= config.bin %> <%= command.id %> web=1 worker=1',
    },
  ]
  static override usage = 'scale [NAME] SERVICE=N…'
  static override strict = false
  static override flags = { env: envFlag }

  async run() {
    const { argv, flags } = await this.parse(Scale)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const wishes = parseScale(rest, environment.name)
    const targets = Object.keys(wishes)
    await withWishes(host, { environment, wishes }, () => host.wind(environment, { verb: 'up', targets }))
    const context = await host.open('compose', environment)
    const rows = await fetchRows(context, ownerOf(context))
    const services = targets.map(service => ({
      service,
      replicas: rows
        .filter(row => row.service === service && !row.isOneOff)
        .map(({ replica, name, ports }) => ({ replica, container: name, ports })),
    }))
    for (const { service, replicas } of services) {
      this.log(`✓ ${service} has ${replicas.length} replica${replicas.length === 1 ? '' : 's'}`)
      for (const { replica, container, ports } of replicas)
        this.log(`  ${service}#${replica}  ${container}  ${ports}`.trimEnd())
    }
    return { environment: environment.name, services }
  }
}
