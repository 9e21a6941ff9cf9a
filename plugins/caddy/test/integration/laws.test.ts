import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PortsInput, ProxyInput } from '@piko/plugin-caddy/contract'
import { proxyContainer, proxyLabels } from '#caddy/proxy/engine.js'
import { proxyFolder, siteFolder } from '#caddy/proxy/place.js'
import { decidePorts } from '#caddy/runs/ports.js'
import { runProxy } from '#caddy/runs/proxy.js'
import { attach } from '#caddy/steps/attach.js'
import { entry } from '#caddy/steps/entry.js'
import { names } from '#caddy/steps/names.js'
import { readEngine } from '@piko/plugin-compose/contract/engine'
import type { Json } from '@piko/sdk'
import { stepLaws } from '@piko/sdk/testing'
import { dockerLines, requireEngine } from '#test/support/engine.js'
import { type Machine, makeMachine } from '../support/machine.js'
import { type CaddyWorld, makeEnvironment } from '../support/world.js'

/** The files that the proxy reads, with their contents, and the networks it is attached to. */
function observeMachine(): Json {
  const networks = '{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}'
  const filter = Object.entries(proxyLabels()).flatMap(([key, value]) => [
    '--filter',
    `label=${key}=${value}`,
  ])
  const containers = dockerLines('ps', '-a', ...filter, '--format', '{{.Names}} {{.State}}')
  return {
    containers: [...containers],
    attached: containers.length === 0 ? [] : [...dockerLines('inspect', '-f', networks, proxyContainer())],
    networks: [...dockerLines('network', 'ls', ...filter, '--format', '{{.Name}}')],
    files: filesIn(proxyFolder()),
  }
}

function filesIn(folder: string): Json {
  if (!existsSync(folder)) return {}
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(file => file.isFile())
  const paths = files.map(file => join(file.parentPath, file.name)).sort()
  return Object.fromEntries(paths.map(path => [path, readFileSync(path, 'utf8')]))
}

describe('caddy: laws of every step', function () {
  let machine: Machine
  let world: CaddyWorld
  before(requireEngine)
  before(async () => {
    machine = makeMachine()
    world = await makeEnvironment(machine, { environment: 'lawful' })
    await world.compose.up()
    await names.do(world.context, undefined)
  })
  after(async () => {
    await world.dispose()
    machine.dispose()
  })

  const observe = () => Promise.resolve(observeMachine())
  const made = async () => ({
    context: world.context,
    observe,
    dispose: () => entry.undo(world.context, undefined),
  })
  const routed = async () => {
    await entry.do(world.context, undefined)
    await machine.start()
    return { context: world.context, observe, dispose: () => attach.undo(world.context, undefined) }
  }
  const stopped = async () => {
    const context = machine.context({ engine: await readEngine() } satisfies ProxyInput)
    await runProxy.undo(context, undefined)
    return { context, observe, dispose: () => runProxy.undo(context, undefined) }
  }
  const undecided = async () => {
    const context = machine.context({} satisfies PortsInput)
    const { facts } = machine
    return { context, observe: async () => Object.fromEntries(facts), dispose: async () => undefined }
  }
  // These two create claims and facts, which core removes.
  const isOfCore = ({ name }: { readonly name: string }) => /changes the world|restores/.test(name)
  const suites = [
    stepLaws(names, made).filter(law => !isOfCore(law)),
    stepLaws(entry, made),
    stepLaws(attach, routed),
    stepLaws(runProxy, stopped),
    stepLaws(decidePorts, undecided).filter(law => !isOfCore(law)),
  ]
  for (const { name, run } of suites.flat()) it(name, run)

  it('keeps its files apart from other tests', () => {
    if (!siteFolder().startsWith(process.env['XDG_STATE_HOME'] ?? '-')) throw new Error(siteFolder())
  })
})
