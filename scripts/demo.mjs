// `npm run demo`: runs two environments of examples/shop through the real bin/run.js, in a temporary repository and
// home. Exits with 1 on any failure and leaves nothing behind. `node scripts/demo.mjs COMMAND…` uses another piko, such
// as an installed one.
import { createSandbox } from './demo/sandbox.mjs'
import { findEngine } from './demo/engine.mjs'
import { say } from './demo/narrate.mjs'
import { liveWithContainers, liveWithWorktrees } from './demo/lives.mjs'

const command = process.argv.slice(2)
const sandbox = createSandbox(command.length > 0 ? { command } : {})

async function live() {
  const hasEngine = await findEngine(sandbox)
  if (hasEngine) return liveWithContainers(sandbox)
  if (process.env.PIKO_REQUIRE_ENGINES === '1') throw new Error('there is no Docker engine')
  return liveWithWorktrees(sandbox)
}

function fail(error) {
  say(`The demo FAILED: ${error.message}`)
  process.exitCode = 1
}

const shown = await live().catch(fail)
try {
  sandbox.remove()
} catch (error) {
  fail(error)
}
if (!process.exitCode) say(`The demo went through: ${shown}`)
