import type { ToolRequirement } from '@piko/sdk'

export const tools: readonly ToolRequirement[] = [
  {
    name: 'Docker',
    command: ['docker', '--version'],
    version: '>=20.10.0',
    install: 'To install Docker, see https://docs.docker.com/engine/install',
  },
  {
    name: 'Docker Compose',
    command: ['docker', 'compose', 'version', '--short'],
    version: '>=2.24.4',
    install: 'To install Docker Compose, see https://docs.docker.com/compose/install',
  },
]
