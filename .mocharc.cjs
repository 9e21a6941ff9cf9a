const { existsSync, readdirSync } = require('node:fs')
const { join } = require('node:path')

const root = join('build', 'test')

/** What takes longest begins first, so that no worker is at it alone in the end. */
const long = [
  'integration/shared/',
  'e2e/scenarios/killed',
  'integration/plugins/',
  'integration/compose/laws',
]

const rank = file => {
  const index = long.findIndex(start => file.startsWith(join(start)))
  return index < 0 ? long.length : index
}
const files = existsSync(root) ? readdirSync(root, { recursive: true }).map(String) : []
const tests = files.filter(file => file.endsWith('.test.js')).sort()

module.exports = {
  spec: tests.sort((a, b) => rank(a) - rank(b)).map(file => join(root, file)),
  timeout: 240_000,
  forbidOnly: true,
  parallel: true,
  jobs: 4,
  require: ['./build/test/support/hermetic.js'],
}
