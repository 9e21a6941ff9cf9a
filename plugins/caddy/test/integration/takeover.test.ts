import { expect } from 'chai'
import { execFileSync } from 'node:child_process'
import { docker } from '#test/support/engine.js'
import { until } from '#test/support/until.js'
import { ask, type Reply } from '../support/client.js'
import { useTwoEnvironments } from '../support/two-environments.js'
import type { CaddyWorld } from '../support/world.js'

const server = `require('node:http').createServer((_, response) => response.end('{"who":"attacker"}')).listen(8000, () => console.log('ready'))`

/** What the engine itself allows, whatever piko refuses in Compose files. */
describe("caddy: a container with another environment's name", function () {
  const { one, two, port } = useTwoEnvironments()
  const containerOf = ({ compose, context }: CaddyWorld) =>
    `piko-${compose.project}-${context.environment.name}-web-1`
  const networkOf = ({ compose, context }: CaddyWorld) =>
    `piko-${compose.project}-${context.environment.name}`
  const answerOf = async ({ host }: CaddyWorld) => {
    const { status, text } = await ask({ port: port(), host })
    return status === 200 ? (JSON.parse(text) as Reply).who : String(status)
  }

  const attack = (from: CaddyWorld, victim: CaddyWorld) => {
    const name = containerOf(victim)
    const names = [name, `${name}.${networkOf(victim)}`, victim.host]
    const aliases = names.flatMap(alias => ['--network-alias', alias])
    const place = ['--network', networkOf(from), '--hostname', name, ...aliases]
    return docker('run', '-d', ...place, 'node:20', 'node', '-e', server)
  }

  const recreate = ({ compose, context }: CaddyWorld) => {
    const files = ['-f', 'compose.yaml', '-f', 'docker-compose.piko.yml']
    const words = ['compose', '-p', networkOf({ compose, context } as CaddyWorld), ...files]
    execFileSync('docker', [...words, 'up', '-d', '--force-recreate'], {
      cwd: context.environment.path,
      stdio: 'pipe',
    })
  }

  for (const way of ['one to two', 'two to one'])
    it(`gets none of its visitors, also while it restarts or is recreated: from ${way}`, async () => {
      const [from, victim] = way === 'one to two' ? [one(), two()] : [two(), one()]
      const who = victim.context.environment.name
      const attacker = attack(from, victim)
      try {
        await until('the attacker', () => docker('logs', attacker).includes('ready'))
        const answers = new Set<string>()
        for (let asked = 0; asked < 5; asked++) answers.add(await answerOf(victim))
        expect([...answers]).to.deep.equal([who])
        docker('restart', '-t', '0', containerOf(victim))
        await until('its answer', async () => {
          answers.add(await answerOf(victim))
          return answers.has(who)
        })
        recreate(victim)
        for (let asked = 0; asked < 5; asked++) answers.add(await answerOf(victim))
        expect([...answers]).to.not.include('attacker')
      } finally {
        docker('rm', '-f', attacker)
      }
      await until('the new container', async () => (await answerOf(victim)) === who)
    })
})
