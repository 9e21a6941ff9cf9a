import { definePlugin } from '@piko/sdk'
import { access } from './access/definition.js'
import { apart } from './apart/run.js'
import { engine } from './checks/engine.js'
import { readiness } from './checks/readiness.js'
import { services } from './checks/services.js'
import { config } from './config.js'
import { names, refersTo } from './configuration/names.js'
import { propose } from './configuration/propose.js'
import { contributes } from './contributes.js'
import { detect } from './detect.js'
import { migrations } from './migrations/tables.js'
import { dependencies } from './steps/dependencies.js'
import { images } from './steps/images.js'
import { network } from './steps/network.js'
import { override } from './steps/override.js'
import { resolve } from './steps/resolve.js'
import { scale } from './steps/scale.js'
import { select } from './steps/select.js'
import { up } from './steps/up.js'
import { volumes } from './steps/volumes.js'
import { tools } from './tools.js'

export default definePlugin({
  name: 'compose',
  summary: "Runs the branch's Compose services on ports, networks and volumes of their own",
  role: 'essential',
  config,
  tools,
  detect,
  refersTo,
  names,
  propose,
  access,
  contributes,
  steps: [select, resolve, override, scale, images, volumes, network, dependencies, up],
  runs: [apart],
  checks: [engine, services, readiness],
  migrations,
})
