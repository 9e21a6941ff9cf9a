import { expect } from 'chai'
import { check, problemsIn } from './sections.js'
import { failing } from './failing.js'

describe('checkConfig', () => {
  it('fills in every default for an empty file', async () => {
    const { config, sections } = await check('')
    expect(config).to.deep.equal({
      worktrees: { dir: '.piko/worktrees' },
      ports: { base: 10_000, size: 100, limit: 32_767 },
      files: { link: [] },
      env: {},
      scripts: {},
      trust: { branches: 'own' },
      create: { rollback: false },
    })
    expect([...sections]).to.deep.equal([
      ['compose', { dir: '.', bind: '127.0.0.1' }],
      ['tmux', { windows: [] }],
    ])
  })

  it('treats a section whose keys are all commented out as absent', async () => {
    const { config, sections } = await check('ports:\n  # base: 1\ncompose:\n  # dir: x\n')
    expect(config.ports.base).to.equal(10_000)
    expect(sections.get('compose')).to.deep.equal({ dir: '.', bind: '127.0.0.1' })
  })

  it('accepts the full example of the design', async () => {
    const text = `
project: myapp
plugins: [compose, '@piko/plugin-tmux']
worktrees: { dir: .piko/worktrees }
ports: { base: 10000, size: 100, limit: 32767 }
files: { copy: [.env, .env.local], link: [node_modules] }
env: { SITE_DOMAIN: "\${host}", ALLOWED_HOSTS: "localhost,\${host}" }
scripts: { prepare: "make a", setup: b, run: c, destroy: d }
compose: { dir: ., files: [compose.yaml] }
tmux: { windows: [{ name: editor, command: vim }] }
`
    const { config, sections } = await check(text)
    expect(config.plugins).to.deep.equal(['compose', 'tmux'])
    expect(sections.get('tmux')).to.deep.equal({ windows: [{ name: 'editor', command: 'vim' }] })
  })

  it('lists every problem at once, in file order', async () => {
    const text = `project: 7
plugins: [compsoe, tmux]
ports: { base: ten, sise: 5 }
env:
  PIKO_X: "1"
  PORT: 8000
tmx: {}
compose:
  fles: []
tmux:
  windows: [{ command: vim }]
`
    const details = await failing(() => check(text))
    expect(details.message).to.equal('.piko.yml has 9 problems')
    expect(details.details).to.deep.equal([
      '.piko.yml:1:1  project: expected text (in quotes), found the number 7',
      '.piko.yml:2:11  plugins[0]: no plugin `compsoe` is installed; the nearest is `compose`',
      '.piko.yml:3:10  ports.base: expected a whole number, found the text `ten`',
      '.piko.yml:3:21  ports.sise: unknown key `sise`; the nearest is `size`',
      '.piko.yml:5:3  env.PIKO_X: expected a name of letters, digits and `_` that does not begin with a digit or with `PIKO_`',
      '.piko.yml:6:3  env.PORT: expected text (in quotes), found the number 8000',
      '.piko.yml:7:1  tmx: unknown key `tmx`; the nearest is `tmux`',
      '.piko.yml:9:3  compose.fles: unknown key `fles`; the nearest is `files`',
      '.piko.yml:11:13  tmux.windows[0].name: expected text, found none',
    ])
  })

  const cases: readonly (readonly [string, string])[] = [
    ['plugins: compose', '1:1  plugins: expected a list or a mapping, found the text `compose`'],
    ['plugins:', '1:1  plugins: expected a list or a mapping, found nothing'],
    ['plugins: [compose, 1]', '1:20  plugins[1]: expected text (in quotes), found the number 1'],
    [
      'plugins: { tmux: "yes" }',
      '1:12  plugins.tmux: expected `required` or `true` or `false`, found the text `yes`',
    ],
    ['plugins: { tmx: true }', '1:12  plugins.tmx: no plugin `tmx` is installed; the nearest is `tmux`'],
    [
      'plugins: ["@piko/plugin-tmx"]',
      '1:11  plugins[0]: no plugin `@piko/plugin-tmx` is installed; the nearest is `@piko/plugin-tmux`',
    ],
    ['plugins: [tmux, "@piko/plugin-tmux"]', '1:17  plugins[1]: the plugin `tmux` occurs twice'],
    ['ports: 3', '1:1  ports: expected a mapping, found the number 3'],
    ['ports: { base: 1.5 }', '1:10  ports.base: expected a whole number, found the number 1.5'],
    ['ports: { base: 80 }', '1:10  ports.base: expected a whole number from 1024 to 65535'],
    [
      'ports: { base: 32000, size: 1000 }',
      '1:1  ports: `base` + `size` is above `limit`, so that no environment fits',
    ],
    ['project: "///"', '1:1  project: expected a name with a letter or a digit'],
    ['worktrees: { dir: "" }', '1:14  worktrees.dir: expected some text, found none'],
    [
      'files: { copy: [../secrets] }',
      '1:17  files.copy[0]: expected a path inside the project, relative to its root',
    ],
    ['files: { link: node_modules }', '1:10  files.link: expected a list, found the text `node_modules`'],
    ['compose: [a]', '1:1  compose: expected a mapping, found a list'],
    ['compose: { bind: nowhere }', '1:12  compose.bind: Invalid IPv4 address'],
    [
      'tmux: { layout: tild }',
      '1:9  tmux.layout: expected `tiled` or `even-horizontal` or `main-vertical` (the nearest is `tiled`), found the text `tild`',
    ],
    ['bare: { a: 1 }', '1:1  bare: the plugin `bare` takes no configuration'],
    [
      'x: &x { fles: [] }\ncompose: *x',
      '1:1  x: unknown key `x`; known are `compose`, `tmux`, `project`, `plugins`, `worktrees`, `ports`, `files`, `dependencies`, `env`, `create`, `trust`, `scripts`',
    ],
  ]
  for (const [text, problem] of cases) {
    it(`reports ${problem} for ${text}`, async () => expect(await problemsIn(text)).to.include(problem))
  }

  it('validates the section of a plugin that is not active', async () => {
    expect((await check('plugins: []\ntmux: { layout: tiled }')).sections.get('tmux')).to.include({
      layout: 'tiled',
    })
    expect(await problemsIn('plugins: []\ntmux: { layuot: tiled }')).to.have.length(1)
  })

  it('distinguishes plugins to install from mistyped ones, and does not check their sections', async () => {
    const { absent } = await check(
      'plugins: { tmux: true, owl: true, "@acme/piko-plugin-bat": true, wasp: false }\nowl: { a: 1 }\nbat: 2\n',
    )
    expect(absent).to.deep.equal([
      { name: 'owl', place: '.piko.yml:1:24  plugins.owl' },
      { name: '@acme/piko-plugin-bat', place: '.piko.yml:1:35  plugins["@acme/piko-plugin-bat"]' },
    ])
  })

  it('lists what to install among the other problems', async () => {
    const { details, hints } = await failing(() => check('plugins: [owl]\nports: 3'))
    expect(details).to.include('.piko.yml:1:11  plugins[0]: no plugin `owl` is installed')
    expect(hints).to.include('To install it, run `piko plugins install piko-plugin-owl`')
  })

  it('reads a map of plugins by short name', async () => {
    expect(
      (await check('plugins: { "@piko/plugin-tmux": false, compose: true }')).config.plugins,
    ).to.deep.equal({
      tmux: false,
      compose: true,
    })
  })

  it('does not mistake an inherited property for a key', async () => {
    expect(await problemsIn('constructor: 1\ntoString: 2\n__proto__: 3\n')).to.have.length(3)
  })
})
