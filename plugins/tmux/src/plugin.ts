import { definePlugin } from '@piko/sdk'
import { sessions } from './checks/sessions.js'
import { config, type TmuxConfig } from './config.js'
import { detect } from './detect.js'
import { refersTo } from './refers-to.js'
import { session } from './steps/session.js'
import { tools } from './tools.js'

export default definePlugin<TmuxConfig>({
  name: 'tmux',
  summary: 'A tmux session for each environment, with its logs and the windows that the project wants',
  companion: true,
  role: 'optional',
  config,
  tools,
  detect,
  refersTo,
  steps: [session],
  checks: [sessions],
})
