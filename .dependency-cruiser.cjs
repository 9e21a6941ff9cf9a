const { readdirSync } = require('node:fs')

/** The walls of the house. Every arrow points down: a room may import from those below it in `floors`, never from above. */
const floors = [
  ['start'],
  ['commands', 'hooks'],
  ['oclif', 'doctor', 'completion', 'scaffold'],
  ['host'],
  ['output'],
  ['environment'],
  ['operation'],
  ['workspace'],
  ['plugins'],
  ['lifecycle'],
  ['ports'],
  ['leases'],
  ['project', 'worktree'],
  ['state'],
  ['system'],
]

const isPlaced = folder => floors.flat().includes(folder.name)
const homeless = readdirSync('src', { withFileTypes: true }).filter(
  entry => entry.isDirectory() && !isPlaced(entry),
)
if (homeless.length > 0)
  throw new Error(`No floor for src/${homeless.map(({ name }) => name).join(', src/')}`)

const pathOf = rooms => `^src/(${rooms.join('|')})/`

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
    ...floors.slice(1).map((rooms, index) => ({
      name: `nothing-in-${rooms[0]}-looks-up`,
      severity: 'error',
      from: { path: pathOf(rooms) },
      to: { path: pathOf(floors.slice(0, index + 1).flat()) },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.test.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'default'] },
  },
}
