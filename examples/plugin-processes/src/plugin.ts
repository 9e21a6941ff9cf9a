import { definePlugin } from '@piko/sdk'
import { type Config, section } from './config.js'
import { columns, names, variables, window } from './contributes.js'
import { detect } from './detect.js'
import { migrations } from './history.js'
import { defineProcesses } from './steps/define.js'
import { startProcesses } from './steps/start.js'

export default definePlugin<Config>({
  name: 'processes',
  summary: 'Runs host processes, each with its port, log and restarts',
  config: section,
  detect,
  contributes: { variables, columns, targets: names, fills: [window] },
  steps: [defineProcesses, startProcesses],
  migrations,
})
