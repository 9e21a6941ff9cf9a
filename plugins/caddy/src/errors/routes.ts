import { errorTable, shellWord, warningTable } from '@piko/sdk'

type Absent = { environment: string; service: string | undefined; because: string; hints: readonly string[] }
type Silent = { service: string; health: string; environment: string }

export const routeErrors = errorTable({
  CADDY_SERVICE_UNKNOWN: ({ service, known }: { service: string; known: readonly string[] }) => ({
    message: `.piko.yml gives a name to the service ${service}, which the Compose files do not have`,
    hints: [
      `To choose another, set \`caddy: { services: … }\` in .piko.yml; there are ${known.join(', ')}`,
      'To check the file, run `piko config check`',
    ],
  }),
  CADDY_SERVICE_UNREACHABLE: ({ service }: { service: string }) => ({
    message: `The proxy cannot reach the service ${service}: its profile is not active, or it has no network of its own`,
    hints: ['To choose another, change `caddy: { services: … }` in .piko.yml', 'To look, run `piko explain`'],
  }),
  CADDY_PORT_UNCLEAR: ({ service }: { service: string }) => ({
    message: `Cannot tell which port of the service ${service} the proxy should use`,
    hints: [`To name it, set \`caddy: { services: { ${service}: { port: 8000 } } }\` in .piko.yml`],
  }),
  CADDY_MEDIA_UNKNOWN: ({ source, volumes }: { source: string; volumes: readonly string[] }) => ({
    message: `caddy.media names ${source}, which is not a volume of the Compose files; ${
      volumes.length === 0 ? 'they have none' : `they have ${volumes.join(', ')}`
    }`,
    hints: [`To serve a folder of the worktree, write it as \`./${source}\` in .piko.yml`],
  }),
  CADDY_MEDIA_LEAVES: ({ folder }: { folder: string }) => ({
    message: `${folder} of caddy.media leads out of the worktree by a symbolic link, so it is not served`,
    hints: [`To see where it leads, run \`readlink -f ${shellWord(folder)}\``],
    kind: 'refused',
  }),
  CADDY_ROUTE_BROKEN: ({ problems }: { problems: readonly string[] }) => ({
    message: `Host names that do not answer: ${problems.join('; ')}`,
    hints: ['To see each, run `piko proxy routes`', 'To repair those of an environment, run `piko up NAME`'],
  }),
  CADDY_ROUTE_ABSENT: ({ environment, service, because, hints }: Absent) => ({
    message: `There is no URL for ${service === undefined ? '' : `the service ${service} of `}the environment ${environment}: ${because}`,
    hints: [
      ...hints,
      'To give a service a name, set `caddy: { services: { web: { port: 8000 } } }` in .piko.yml',
      `To see its ports, run \`piko status ${environment}\``,
    ],
  }),
})

export const routeWarnings = warningTable({
  CADDY_ROUTE_SILENT: ({ service, health, environment }: Silent) => ({
    message: `${service} does not answer on ${health} yet; its host name works as soon as it does`,
    hints: [`To see its log, run \`piko logs ${environment} ${service}\``],
    service,
  }),
})
