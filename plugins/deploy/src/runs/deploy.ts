import { defineRun, type RunStep } from '@piko/sdk'
import { type DeployInput, deployRun } from '../contract.js'
import { check } from '../steps/check.js'
import { finish } from '../steps/finish.js'
import { pull } from '../steps/pull.js'
import { resolve } from '../steps/resolve.js'
import { route } from '../steps/route.js'
import { start } from '../steps/start.js'

/** A release of a stage. If a step fails, or the process is killed, all of it is undone and the old one serves. */
export const deploy = defineRun<unknown, DeployInput>({
  ref: deployRun,
  title: 'Deploying',
  once: true,
  steps: [resolve, pull, start, check, route, finish] as readonly RunStep<unknown, DeployInput>[], // the journal stores each receipt with its step
})
