import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { section } from '../src/config.js'
import plugin from '../src/plugin.js'
import { makeWorld } from './world.js'

describe('the section of .piko.yml', () => {
  it('fills in what is not said', async () => {
    assert.deepEqual(
      await section.schema['~standard'].validate({ api: { command: 'npm start', port: 3000 } }),
      {
        value: { api: { command: 'npm start', port: 3000, restart: false, env: {} } },
      },
    )
  })

  for (const [value, path, message] of [
    [[], undefined, 'is not a map of processes'],
    [{ API: { command: 'x' } }, ['API'], 'is not a valid process name'],
    [{ api: 'npm start' }, ['api'], 'is not a map'],
    [{ api: {} }, ['api'], 'has no `command`'],
    [{ api: { command: 'x', port: 'x' } }, ['api', 'port'], 'is not a port'],
    [{ api: { command: 'x', prot: 1 } }, ['api', 'prot'], 'is not a key'],
    [{ api: { command: 'x', env: { A: [] } } }, ['api', 'env'], 'is not a map'],
  ] as const) {
    it(`refuses ${JSON.stringify(value)}`, async () => {
      const { issues = [] } = await section.schema['~standard'].validate(value)
      assert.deepEqual(issues[0]?.path, path)
      assert.ok(issues[0]?.message.startsWith(message), issues[0]?.message)
    })
  }

  it('decides whether the project wants the plugin', async () => {
    const view = { root: '/', exists: async () => false, readText: async () => undefined }
    assert.equal((await plugin.detect?.(view, {}))?.wanted, false)
    const process = { command: 'npm start', restart: false, env: {} }
    assert.deepEqual(await plugin.detect?.(view, { api: process }), {
      wanted: true,
      because: '.piko.yml has processes: api',
    })
  })
})

describe('what others get', () => {
  it('is variables and a cell of `piko list`', async () => {
    const world = await makeWorld()
    try {
      await plugin.steps?.[0]?.do(world.context, undefined)
      const port = world.context.environment.ports['api:3000/tcp']
      assert.deepEqual(plugin.contributes?.variables?.(world.context), {
        PIKO_API_PORT: String(port),
        PIKO_API_URL: `http://localhost:${port}`,
      })
      assert.deepEqual(plugin.contributes?.columns?.(world.context), { Processes: `api:${port} worker` })
    } finally {
      await world.dispose()
    }
  })

  it('is a tmux window that follows the logs', async () => {
    const world = await makeWorld()
    const [window] = plugin.contributes?.fills ?? []
    const value = window?.with(world.context, undefined) as { name: string; command: string }
    await world.dispose()
    assert.equal(window?.slot.id, 'tmux.window')
    assert.equal(value.name, 'processes')
    assert.match(value.command, /^tail -n 200 -F '.*processes\/api\/output.log' '.*worker\/output.log'$/)
  })
})
