import { definePlugin } from '@piko/sdk'
import { backup } from './checks/backup.js'
import { halted } from './checks/halted.js'
import { config, type VolumesConfig } from './config.js'
import { contributes } from './contributes.js'
import { detect } from './detect.js'
import { migrations } from './migrations/tables.js'
import { refersTo } from './refers-to.js'
import { copy } from './steps/copy.js'
import { sources } from './steps/sources.js'

export default definePlugin<VolumesConfig>({
  name: 'volumes',
  summary: "Data for an environment's volumes: copied, shared, backed up and restored",
  companion: true,
  requires: ['compose'],
  config,
  detect,
  refersTo,
  contributes,
  steps: [sources, copy],
  checks: [halted, backup],
  migrations,
})
