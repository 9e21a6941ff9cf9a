import { definePlugin } from '@piko/sdk'
import { running } from './checks/running.js'
import { config } from './config.js'
import { contributes } from './contributes.js'
import { detect } from './detect.js'
import { migrations } from './migrations/tables.js'
import { refersTo } from './refers-to.js'
import { serve } from './serve/serve.js'
import { stop } from './serve/stop.js'
import { attach } from './steps/attach.js'
import { choose } from './steps/choose.js'
import { databases } from './steps/databases.js'
import { link } from './steps/link.js'

export default definePlugin({
  name: 'shared',
  summary: 'Runs a service once for all environments, each with its own database if configured',
  companion: true,
  requires: ['compose'],
  config,
  detect,
  refersTo,
  contributes,
  steps: [choose, link, databases, attach],
  runs: [serve, stop],
  checks: [running],
  migrations,
})
