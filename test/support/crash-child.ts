import { join } from 'node:path'
import { openProjectState } from '#src/state/databases.js'
import { fakePlugins } from './fake-plugins.js'
import { windAll } from './fake-run.js'

// Run as a program: runs the fakes on the given folder, and kills itself at the given step.
const [folder = '', step = '', when = ''] = process.argv.slice(2)
const accident = { step, when: when === 'before' ? 'before' : 'after', how: 'kill' } as const
await windAll(openProjectState(folder), fakePlugins(join(folder, 'world'), accident))
