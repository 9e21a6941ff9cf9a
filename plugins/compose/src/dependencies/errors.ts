import { failure, type Failure } from '@piko/sdk'

export function installFailed(
  environment: string,
  facts: {
    readonly path: string
    readonly command: string
    readonly service: string
    readonly exitCode: number
    readonly lines: readonly string[]
  },
): Failure {
  const { path, command, service, exitCode, lines } = facts
  return failure({
    code: 'COMPOSE_INSTALL_FAILED',
    message: `Installing ${path} in a container of service ${service} failed: \`${command}\` ended with exit code ${exitCode}`,
    details: lines,
    hints: [
      `To use another command, set \`dependencies: { ${path}: { install: COMMAND, service: ${service} } }\` in .piko.yml`,
      `To try again, run \`piko up ${environment}\``,
    ],
    kind: 'tool',
  })
}
