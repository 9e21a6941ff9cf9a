const { existsSync, readdirSync, readFileSync, statSync } = require('node:fs')
const { availableParallelism } = require('node:os')
const { join } = require('node:path')
const { parseArgs } = require('node:util')

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: { jobs: { type: 'string', short: 'j' } },
})
// Tests mostly wait for containers. Beyond eight jobs the engine is the bottleneck.
const jobs = Number(values.jobs ?? Math.min(2 * availableParallelism(), 8))
process.env.PIKO_TEST_LANES = String(jobs) // for test/support/lanes.ts, in the workers

/** Whether tests are named, as in `npx mocha build/…`. Then only these run. */
const isGivenTests = positionals.some(path => /^(\.\/)?build\//.test(path))

const plugins = readdirSync('plugins').map(name => join('plugins', name, 'test'))
const sources = ['test', 'sdk/test', ...plugins]
  .filter(folder => existsSync(folder))
  .flatMap(folder => readdirSync(folder, { recursive: true }).map(file => join(folder, String(file))))
  .filter(file => file.endsWith('.test.ts'))

/** Milliseconds of its last run (test/support/durations.ts). A new file that needs an engine counts as slow. */
function durationOf({ compiled, source }) {
  const file = `${compiled}.ms`
  if (existsSync(file)) return Number(readFileSync(file, 'utf8'))
  return source.includes('/unit/') ? 0 : 1e9 + statSync(source).size
}

/** The slowest first, so that no worker runs a slow file alone at the end. */
function allTests() {
  return sources
    .map(source => ({ source, compiled: join('build', source.replace(/\.ts$/, '.js')) }))
    .map(file => ({ ...file, duration: durationOf(file) }))
    .sort((a, b) => b.duration - a.duration)
    .map(({ compiled }) => compiled)
}

module.exports = {
  spec: isGivenTests ? [] : allTests(),
  timeout: 240_000,
  forbidOnly: true,
  parallel: true,
  jobs,
  require: ['./build/test/support/hermetic.js', './build/test/support/durations.js'],
}
