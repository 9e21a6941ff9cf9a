import { definePlugin } from '@piko/sdk'
import { config } from './config.js'
import { migrations } from './migrations/tables.js'
import { deploy } from './runs/deploy.js'
import { retire } from './runs/retire.js'
import { stage } from './runs/stage.js'

export default definePlugin({
  name: 'deploy',
  summary: 'Deploys built images to stages, and rolls them back',
  companion: true,
  requires: ['compose'],
  config,
  runs: [stage, deploy, retire],
  migrations,
})
