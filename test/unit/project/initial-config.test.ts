import { expect } from 'chai'
import fc from 'fast-check'
import { initialConfig } from '#src/project/initial-config.js'
import { check } from './sections.js'

const plugins = [
  { name: 'compose', because: 'found compose.yaml' },
  { name: 'tmux', because: 'tmux is\non the PATH' },
]

describe('initialConfig', () => {
  it('reflects what was found', async () => {
    const files = { copy: ['.env'], link: ['node_modules', 'a b'] }
    const text = initialConfig({ project: 'shop', plugins, files, scripts: { setup: 'make db' } })
    const { config } = await check(text)
    expect(config).to.deep.include({ project: 'shop', files, scripts: { setup: 'make db' } })
    expect(text).to.include('#   compose: true # found compose.yaml\n')
  })

  it('leaves the choice of plugins to each machine', async () => {
    const { config } = await check(initialConfig({ project: 'shop', plugins }))
    expect(config.plugins).to.equal(undefined)
  })

  it('writes the values proposed for `env:`, with unused ones as comments', async () => {
    const env = [
      { name: 'API_URL', value: 'http://localhost:${port.api}', because: 'web has\nanother', isActive: true },
      { name: 'SITE_DOMAIN', value: '${host}', because: 'not used', isActive: false },
    ]
    const text = initialConfig({ project: 'shop', plugins, env })
    expect((await check(text)).config.env).to.deep.equal({ API_URL: 'http://localhost:${port.api}' })
    expect(text).to.include('\n  # SITE_DOMAIN: "${host}" # not used\n')
    const none = initialConfig({ project: 'shop', plugins, env: env.slice(1) })
    expect((await check(none)).config.env).to.deep.equal({})
    expect(none).to.include('\n# env:\n#   SITE_DOMAIN: "${host}" # not used\n')
  })

  it('lists dependency folders, with uncertain ones as comments', async () => {
    const because = 'npm (package-lock.json)'
    const found = [
      { path: 'node_modules', how: 'copy', isSure: true, because },
      { path: '.venv', how: 'install', isSure: false, because },
    ] as const
    const text = initialConfig({ project: 'shop', plugins, dependencies: found })
    expect((await check(text)).config.dependencies).to.deep.equal({ node_modules: 'copy' })
    expect(text).to.include('  node_modules: copy # npm (package-lock.json)\n  # .venv: install #')
    const unsure = initialConfig({ project: 'shop', plugins, dependencies: found.slice(1) })
    expect((await check(unsure)).config.dependencies).to.equal(undefined)
    expect(unsure).to.include('# dependencies:\n#   .venv: install # npm')
  })

  it('is valid and short if nothing was found', async () => {
    const text = initialConfig({ project: 'shop', plugins: [] })
    expect((await check(text)).config.plugins).to.deep.equal([])
    expect(text.split('\n')).to.have.length.below(45)
  })

  it('has only valid examples in its comments', async () => {
    const text = initialConfig({ project: 'shop', plugins })
    const examples = text.replaceAll(/^( *)# (?=\w+: |\w+:$| {2}\w+: )/gm, '$1')
    const { config } = await check(examples)
    expect(config.env).to.deep.equal({ SITE_DOMAIN: '${host}' })
    expect(config.scripts).to.have.keys('prepare', 'setup', 'run', 'destroy')
    expect(config.files).to.deep.equal({ copy: ['.env', '.env.local'], link: ['.tool-cache'] })
    expect(config.dependencies).to.deep.equal({ node_modules: 'copy' })
  })

  it('explains every key of core', () => {
    const text = initialConfig({ project: 'shop', plugins })
    for (const key of [
      'project',
      'plugins',
      'worktrees',
      'ports',
      'files',
      'dependencies',
      'env',
      'scripts',
    ]) {
      expect(text).to.match(new RegExp(`^# .+\\n(?:# )?${key}:`, 'm'))
    }
  })

  it('keeps names and commands unchanged', async () => {
    const text = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.string({ unit: fc.constantFrom(...`a#:'"-\n {}[]&*!`), minLength: 1 }),
    )
    const path = text.filter(one => !one.startsWith('/') && !one.split('/').includes('..'))
    await fc.assert(
      fc.asyncProperty(text, fc.array(path, { minLength: 1 }), async (command, copy) => {
        const facts = { project: `a${command}`, plugins, files: { copy }, scripts: { run: command } }
        const { config } = await check(initialConfig(facts))
        expect(config).to.deep.include({ project: facts.project, scripts: { run: command } })
        expect(config.files.copy).to.deep.equal(copy)
      }),
    )
  })
})
