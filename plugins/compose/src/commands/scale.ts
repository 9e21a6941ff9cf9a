import { PikoCommand } from '@piko/sdk/command'
import { envFlag } from '../arguments/env-flag.js'
import { fetchRows } from '../engine/rows.js'
import { ownerOf } from '../labels.js'
import { parseScale } from '../scale/parse.js'
import { withRequest } from '../scale/requests.js'

export default class Scale extends PikoCommand {
  static override completes = ['environment', 'service'] as const
  static override summary = 'Set the number of replicas of a service'
  static override description =
    'The number holds until you set another; `web=1` removes the other replicas. `web#2` addresses the second ' +
    'replica in `logs`, `exec`, `shell` and `restart`. Each replica of a published port gets a host port of its ' +
    'own, which `piko ps` shows. The service restarts when its ports change.'
  static override examples = [
    {
      description: 'Run three replicas of web',
      command: '<%= config.bin %> <%= command.id %> feature-auth web=3',
    },
    {
      description: 'Go back to one replica, from inside the worktree',
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
    const replicas = parseScale(rest, environment.name)
    const targets = Object.keys(replicas)
    await withRequest(host, { environment, replicas }, () => host.wind(environment, { verb: 'up', targets }))
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
