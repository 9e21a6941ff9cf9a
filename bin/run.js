#!/usr/bin/env node
import * as module from 'node:module'

module.enableCompileCache?.() // Node 22.8 and later keep compiled modules from one start to the next

const { runFastLane } = await import('../dist/fast-lane.js')
if (!(await runFastLane(process.argv.slice(2)))) {
  const { execute } = await import('../dist/execute.js')
  await execute(import.meta.url)
}
