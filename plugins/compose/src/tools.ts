import { programPaths, type ToolRequirement } from '@piko/sdk'
import { homedir } from 'node:os'
import { join } from 'node:path'

export const tools: readonly ToolRequirement[] = [
  {
    name: 'Docker',
    command: ['docker', '--version'],
    version: '>=20.10.0',
    install: 'To install Docker, see https://docs.docker.com/engine/install',
    installedAt: () => programPaths('docker'),
  },
  {
    name: 'Docker Compose',
    command: ['docker', 'compose', 'version', '--short'],
    version: '>=2.24.4',
    install: 'To install Docker Compose, see https://docs.docker.com/compose/install',
    installedAt: () => [...programPaths('docker'), ...pluginPaths()],
  },
]

/** Folders where Docker searches for plugins. Its configuration may add more. */
function pluginPaths(): readonly string[] {
  const configFolder = process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker')
  const folders = ['/usr/local/lib', '/usr/local/libexec', '/usr/lib', '/usr/libexec'].map(folder =>
    join(folder, 'docker/cli-plugins'),
  )
  return [
    join(configFolder, 'config.json'),
    ...[join(configFolder, 'cli-plugins'), ...folders].map(folder => join(folder, 'docker-compose')),
  ]
}
