#!/usr/bin/env node
import * as module from 'node:module'

if (process.env.DEBUG) process.setSourceMapsEnabled(true)
module.enableCompileCache?.() // Node 22.8 and later keep compiled modules from one start to the next

const { runFastLane } = await import('../bundle/start.fast-lane.js')
const words = await runFastLane(process.argv.slice(2))
if (words) {
  const { execute } = await import('../bundle/start.execute.js')
  await execute(words)
}
