import type { Warning } from '@piko/sdk'
import { dependencyLine } from '../../project/dependency-line.js'

/** Services mount its path, but only the main checkout has it. */
export function dependencyAbsent(facts: {
  readonly path: string
  readonly services: readonly string[]
  readonly line: string
}): Warning {
  const { path, services, line } = facts
  return {
    code: 'DEPENDENCIES_ABSENT',
    message: `${path} is not in this worktree, since git ignores it, and ${services.join(', ')} mounts the folder it belongs in; \`${line}\` in .piko.yml provides it`,
    hints: [`To provide it, set \`${line}\` in .piko.yml`],
  }
}

export function dependencyMissing(path: string): Warning {
  return {
    code: 'DEPENDENCIES_MISSING',
    message: `${path} is not in the main checkout, so there is nothing to copy`,
    hints: [
      'To copy it, install the dependencies in the main checkout, then run `piko up`',
      `To install it in the service's container, set \`${dependencyLine(path, 'install')}\` in .piko.yml`,
    ],
  }
}

export function dependencyOutdated(facts: { readonly path: string; readonly lock: string }): Warning {
  const { path, lock } = facts
  return {
    code: 'DEPENDENCIES_OUTDATED',
    message: `${path} is a copy of the main checkout's, where ${lock} differs from this branch's`,
    hints: [`To install what this branch needs, set \`${dependencyLine(path, 'install')}\` in .piko.yml`],
  }
}

export function dependencyUnseen(path: string): Warning {
  return {
    code: 'DEPENDENCIES_UNSEEN',
    message: `${path} is not installed: no service mounts the folder it is in`,
    hints: [`To copy the main checkout's, set \`${dependencyLine(path, 'copy')}\` in .piko.yml`],
  }
}

/** Its scripts contain absolute paths of this machine. */
export function virtualEnvironment(path: string): Warning {
  return {
    code: 'DEPENDENCIES_VIRTUAL_ENVIRONMENT',
    message: `${path} is a copy of a Python virtual environment, which runs only where it was made`,
    hints: [
      `To install it in the service's container, set \`${dependencyLine(path, 'install')}\` in .piko.yml`,
    ],
  }
}
