import { definePlugin } from '@piko/sdk'
import { type Config, config } from './config.js'
import { setUpTemplateName } from './steps/set-up-template-name.js'

/** The table of contents of the plugin. */
export default definePlugin<Config>({
  name: 'template-name',
  summary: 'Sets up template-name in each environment',
  config,
  async detect(_, { enabled }) {
    if (!enabled)
      return { wanted: false, because: '.piko.yml does not have `template-name: { enabled: true }`' }
    return { wanted: true, because: '.piko.yml enables template-name' }
  },
  steps: [setUpTemplateName],
})
