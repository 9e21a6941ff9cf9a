import { makeSandbox, withoutUserSettings } from '../sandbox/sandbox.js'

// Tests see nothing of the user: every process that they start inherits a separate home, state and locale.
const sandbox = makeSandbox('tests', withoutUserSettings())
process.on('exit', sandbox.remove)

for (const name of Object.keys(process.env))
  if (!(name in sandbox.env)) Reflect.deleteProperty(process.env, name)
Object.assign(process.env, sandbox.env, {
  PIKO_NO_TMUX: '1', // a session for each environment of each test would be a load; tmux's tests enable it
  PIKO_READY_AFTER: '1', // five seconds for each environment of each test would add up; readiness tests set their own
  NO_COLOR: '1',
  COLUMNS: '80',
})
