import { errorTable } from '@piko/sdk'

type Failed = {
  environment: string
  path: string
  command: string
  service: string
  exitCode: number
  lines: readonly string[]
}

export const dependencyErrors = errorTable({
  COMPOSE_INSTALL_FAILED: ({ environment, path, command, service, exitCode, lines }: Failed) => ({
    message: `Installing ${path} in a container of service ${service} failed: \`${command}\` ended with exit code ${exitCode}`,
    details: lines,
    hints: [
      `To use another command, set \`dependencies: { ${path}: { install: COMMAND, service: ${service} } }\` in .piko.yml`,
      `To try again, run \`piko up ${environment}\``,
    ],
    kind: 'tool',
  }),
})
