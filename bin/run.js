#!/usr/bin/env node
import { runFastLane } from '../dist/fast-lane.js'

if (!runFastLane(process.argv.slice(2))) {
  const { execute } = await import('../dist/execute.js')
  await execute(import.meta.url)
}
