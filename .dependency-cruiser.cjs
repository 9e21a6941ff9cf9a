/**
 * The walls of the house. Every arrow points down: a room may import from those beside and below it, never from above. A
 * file in no room is an error, too.
 */
const core = [
  ['start'],
  ['quick'],
  ['commands', 'hooks'],
  ['oclif', 'doctor', 'completion', 'scaffold'],
  ['host'],
  ['output'],
  ['environment'],
  ['runs'],
  ['workspace'],
  ['plugins'],
  ['lifecycle'],
  ['ports'],
  ['leases', 'trust'],
  ['project', 'worktree'],
  ['state'],
  ['system'],
  ['errors'],
]

const plugins = {
  caddy: [
    ['plugin', 'commands', 'contract/engine'],
    ['contributes', 'checks', 'runs', 'steps', 'detect', 'refers-to'],
    ['trust'],
    ['routes'],
    ['proxy', 'browser'],
    ['errors'],
    ['contract(?!/engine)'],
    ['config'],
  ],
  compose: [
    ['plugin', 'commands', 'contract/engine'],
    ['contributes', 'checks', 'apart', 'configuration', 'detect', 'tools'],
    ['steps'],
    ['output'],
    ['readiness', 'registry', 'scale', 'sync'],
    ['dependencies'],
    ['engine'],
    ['access'],
    ['selection'],
    ['checkout'],
    ['validation'],
    ['override'],
    ['pointers'],
    ['model'],
    ['docker', 'labels', 'arguments', 'migrations'],
    ['errors'],
    ['contract(?!/engine)', 'site'],
    ['config'],
  ],
  deploy: [
    ['plugin', 'commands'],
    ['watch', 'promote'],
    ['deploys'],
    ['runs', 'notify'],
    ['steps'],
    ['check', 'output'],
    ['target', 'stages'],
    ['model'],
    ['registry'],
    ['secrets'],
    ['store', 'migrations'],
    ['errors'],
    ['contract'],
  ],
  shared: [
    ['plugin', 'commands'],
    ['contributes', 'checks', 'output', 'detect', 'refers-to'],
    ['steps'],
    ['serve'],
    ['databases'],
    ['engine', 'network', 'one-engine', 'shareable', 'records', 'marks', 'migrations'],
    ['errors'],
    ['contract'],
    ['config'],
  ],
  tmux: [
    ['plugin', 'commands', 'hooks'],
    ['checks', 'terminal', 'detect', 'refers-to', 'tools'],
    ['steps'],
    ['windows'],
    ['session'],
    ['server'],
    ['tmux'],
    ['errors'],
    ['contract'],
    ['config'],
  ],
  volumes: [
    ['plugin', 'commands'],
    ['contributes', 'checks', 'detect', 'refers-to'],
    ['steps'],
    ['archive'],
    ['copy'],
    ['swap'],
    ['choice'],
    ['halt'],
    ['engine'],
    ['output', 'tar', 'migrations'],
    ['errors'],
    ['context', 'contract'],
    ['config'],
  ],
}

const pathOf = (rooms, home) => `^${home}/(${rooms.join('|')})(/|\\.ts$)`

/** The rules for one house: nothing looks up, and whatever is on no floor may neither import nor be imported. */
const wallsOf = ([name, floors]) => {
  const home = name === 'core' ? 'src' : `plugins/${name}/src`
  const homeless = { path: `^${home}/`, pathNot: pathOf(floors.flat(), home) }
  return [
    { name: `no-floor-in-${name}`, severity: 'error', from: homeless, to: {} },
    { name: `no-floor-in-${name}`, severity: 'error', from: {}, to: homeless },
    ...floors.slice(1).map((rooms, index) => ({
      name: `nothing-in-${name}-${rooms[0].replace(/\W.*/, '')}-looks-up`,
      severity: 'error',
      from: { path: pathOf(rooms, home) },
      to: { path: pathOf(floors.slice(0, index + 1).flat(), home) },
    })),
  ]
}

const tables = ['^src/errors/', '^plugins/[^/]+/src/errors/']

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-knows-no-plugin',
      severity: 'error',
      from: { path: '^(src|sdk)/' },
      to: { path: '^plugins/|^node_modules/@piko/plugin-' },
    },
    {
      name: 'plugins-know-no-core',
      severity: 'error',
      from: { path: '^plugins/[^/]+/src/' },
      to: { path: '^(src|dist)/' },
    },
    {
      name: 'plugins-meet-at-contracts',
      severity: 'error',
      from: { path: '^plugins/([^/]+)/' },
      to: {
        path: '^plugins/',
        pathNot: [
          '^plugins/$1/',
          '^plugins/[^/]+/(src|dist)/contract(/engine)?\\.(d\\.)?[jt]s$',
          '^plugins/[^/]+/test/support/', // of one plugin's tests, for those of another
        ],
      },
    },
    {
      name: 'only-tests-import-tests',
      severity: 'error',
      from: { pathNot: '(^|/)test/' },
      to: { path: '(^|/)test/' },
    },
    {
      name: 'sdk-has-no-dependencies',
      severity: 'error',
      from: { path: '^sdk/src/(?!command\\.ts)' },
      to: { path: '^node_modules/(?!@types/)' },
    },
    {
      name: 'errors-are-data',
      severity: 'error',
      from: { path: tables },
      to: { pathNot: [...tables, '^sdk/(src|dist)/', '^path$'] },
    },
    ...Object.entries({ core, ...plugins }).flatMap(wallsOf),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.test.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'default'] },
  },
}
