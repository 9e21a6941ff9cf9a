import { defineStep } from '@piko/sdk'
import { portErrors } from '../../errors/ports.js'
import type { Ports } from '../../ports/assign.js'

/** Checks that `--port` names existing ports, which is known only after every plugin has requested its own. */
export function pinnedPortsStep(pinned: Ports) {
  return defineStep<unknown, null>({
    id: 'core:pinned-ports',
    title: 'Checking --port',
    undoTitle: 'Removing generated files',
    phase: 'prepare',
    before: ['core:env-file'],
    do({ environment: { ports } }) {
      const keys = Object.keys(pinned).filter(key => !(key in ports))
      if (keys.length > 0) throw portErrors.PORT_UNKNOWN({ keys, known: Object.keys(ports) })
      return Promise.resolve(null)
    },
    undo: () => Promise.resolve(), // read-only
  })
}
