import { definePlugin } from '@piko/sdk'
import { type Config, config } from './config.js'
import { writeNote } from './steps/write-note.js'

/** Read from top to bottom, the table of contents of the plugin. */
export default definePlugin<Config>({
  name: 'template-name',
  summary: 'Leaves a note in each environment',
  config,
  async detect(_, { text }) {
    if (text === undefined) return { wanted: false, because: '.piko.yml has no `template-name: { text: … }`' }
    return { wanted: true, because: '.piko.yml has a text for template-name' }
  },
  steps: [writeNote],
})
