import { definePlugin } from '@piko/sdk'
import { apart } from './apart/run.js'
import { engine } from './checks/engine.js'
import { config } from './config.js'
import { contributes } from './contributes.js'
import { detect } from './detect.js'
import { migrations } from './migrations/tables.js'
import { images } from './steps/images.js'
import { network } from './steps/network.js'
import { override } from './steps/override.js'
import { resolve } from './steps/resolve.js'
import { scale } from './steps/scale.js'
import { up } from './steps/up.js'
import { volumes } from './steps/volumes.js'
import { tools } from './tools.js'

export default definePlugin({
  name: 'compose',
  summary: "Runs the branch's Compose services on ports, networks and volumes of their own",
  config,
  tools,
  detect,
  contributes,
  steps: [resolve, override, scale, images, volumes, network, up],
  runs: [apart],
  checks: [engine],
  migrations,
})
