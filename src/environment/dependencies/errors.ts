import { failure, type Failure } from '@piko/sdk'
import { dependencyLine } from '../../project/dependency-line.js'

export function dependencyUnclear(path: string): Failure {
  return failure({
    code: 'DEPENDENCIES_UNCLEAR',
    message: `Cannot tell what installs ${path}: no package manager's lock file is beside it`,
    hints: [`To name the command, set \`dependencies: { ${path}: { install: COMMAND } }\` in .piko.yml`],
  })
}

export function dependencyServiceUnknown(facts: {
  readonly path: string
  readonly service: string
  readonly known: readonly string[]
}): Failure {
  const { path, service, known } = facts
  const those = known.length === 0 ? 'no service does' : `those that do are ${known.join(', ')}`
  return failure({
    code: 'DEPENDENCIES_SERVICE_UNKNOWN',
    message: `The service ${service}, which is to install ${path}, does not mount the folder it is in; ${those}`,
    hints: [`To let piko choose, set \`${dependencyLine(path, 'install')}\` in .piko.yml`],
  })
}
