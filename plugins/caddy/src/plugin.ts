import { definePlugin } from '@piko/sdk'
import { names } from './checks/names.js'
import { proxy as proxyCheck } from './checks/proxy.js'
import { routes } from './checks/routes.js'
import { config } from './config.js'
import { contributes } from './contributes.js'
import { detect } from './detect.js'
import { refersTo } from './refers-to.js'
import { ports } from './runs/ports.js'
import { proxy } from './runs/proxy.js'
import { route } from './runs/route.js'
import { attach } from './steps/attach.js'
import { entry } from './steps/entry.js'
import { names as namesStep } from './steps/names.js'

export default definePlugin({
  name: 'caddy',
  summary: 'Gives each environment a host name, by one Caddy proxy per machine',
  companion: true,
  role: 'optional',
  requires: ['compose'],
  config,
  detect,
  refersTo,
  contributes,
  steps: [namesStep, entry, attach],
  runs: [ports, proxy, route],
  checks: [names, proxyCheck, routes],
})
