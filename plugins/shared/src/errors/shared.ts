import { errorTable, warningTable } from '@piko/sdk'

type Engines = { environment: string; own: string; shared: string }
type Indexes = { service: string; count: number; holders: readonly string[] }
type NotCopied = { service: string; template: string; because: readonly string[] }
/** `what`: "rows"; `lines`: the settings that make services use their own database. */
type Common = {
  server: string
  services: readonly string[]
  what: string
  isSeparate: boolean
  lines: readonly { services: readonly string[]; line: string }[]
}

type Refused = {
  server: string
  user: string
  refused: readonly { service: string; line: string }[]
}

export const sharedErrors = errorTable({
  SHARED_FILE_DAMAGED: ({ file, cause }: { file: string; cause: unknown }) => ({
    message: `${file} cannot be read`,
    hints: [`To use only what .piko.yml shares, remove it: \`rm ${file}\``],
    cause,
  }),
  SHARED_NOT_SHAREABLE: ({ service, because }: { service: string; because: string }) => ({
    message: `Service ${service} cannot be shared: ${because}`,
    hints: [`To let each environment run its own, run \`piko isolate ${service}\``],
  }),
  SHARED_ENGINES_DIFFER: ({ environment, own, shared }: Engines) => ({
    message: `${environment} runs on ${own}, and the shared services on ${shared}; a container cannot be on both`,
    hints: [
      'To start the shared services on another engine, stop them first with `piko down --shared`',
      'To let it run services of its own, run `piko isolate SERVICE`',
    ],
  }),
  SHARED_KIND_UNKNOWN: ({ service, image }: { service: string; image: string | undefined }) => ({
    message: `Cannot tell what kind of database ${service} is from its image ${image ?? '(built here)'}`,
    hints: [
      `To name it, set shared.services.${service}.kind to postgres or redis, then run \`piko config check\``,
    ],
  }),
  SHARED_INDEXES_TAKEN: ({ service, count, holders }: Indexes) => ({
    message: `All ${count} indexes of ${service} are taken, by ${holders.join(', ')} and the project itself`,
    hints: [
      `To add more, start it with \`--databases\` and set shared.services.${service}.databases`,
      `To free one, run \`piko destroy ${holders[0] ?? 'NAME'}\``,
    ],
  }),
  SHARED_DATABASE_FOREIGN: ({ service, name }: { service: string; name: string }) => ({
    message: `${name} in the shared ${service} already exists and was not made by piko for this environment; nothing was changed`,
    hints: [`To look into it, run \`piko shared\` for the port of ${service}`],
    kind: 'refused',
  }),
  SHARED_NOT_COPIED: ({ service, template, because }: NotCopied) => ({
    message: `${template} of the shared ${service} could not be copied; the copy was removed`,
    details: because,
    hints: ['To start with an empty one, remove `template` from shared.services and run `piko config check`'],
    kind: 'tool',
  }),
  SHARED_LOGINS_IMPOSSIBLE: ({ service, because }: { service: string; because: string }) => ({
    message: `The shared ${service} cannot have a user for each environment`,
    details: [because],
    hints: [
      `To let all environments log in as its own user, set \`shared: { services: { ${service}: { login: server } } }\`: each can then read and change the data of all`,
    ],
    kind: 'tool',
  }),
  SHARED_SERVER_DOWN: ({ service }: { service: string }) => ({
    message: `The shared ${service} does not run, so its databases cannot be reached`,
    hints: [`To start it, run \`piko share ${service}\``],
    kind: 'tool',
  }),
  SHARED_SERVICES_MISSING: ({ command }: { command: 'share' | 'isolate' }) => ({
    message: `\`piko ${command}\` needs a service`,
    hints: [`To ${command} one, run \`piko ${command} SERVICE\``],
    kind: 'usage',
  }),
  SHARED_NOT_SHARED: ({ service, shared }: { service: string; shared: readonly string[] }) => ({
    message: `Service ${service} is not shared (${shared.length === 0 ? 'nothing is' : `shared: ${shared.join(', ')}`})`,
    hints: [`To share it, run \`piko share ${service}\``],
    kind: 'usage',
  }),
  SHARED_NOT_IN_FILES: ({ service, known }: { service: string; known: readonly string[] }) => ({
    message: `${service} is to be shared, but the Compose files of the main checkout have no such service (${known.join(', ')})`,
    hints: [
      'To see what .piko.yml shares, run `piko config show`',
      `To undo a \`piko share\`, run \`piko isolate ${service}\``,
    ],
  }),
  SHARED_SERVICES_DOWN: ({ services }: { services: readonly string[] }) => ({
    message: `Shared services that environments use do not run: ${services.join(', ')}`,
    hints: [`To start them, run \`piko share ${services.join(' ')}\``],
  }),
})

export const sharedWarnings = warningTable({
  SHARED_LOGIN_SERVER: ({ server }: { server: string }) => ({
    message: `Every environment logs in to ${server} as its superuser: each can read, change and remove the data of all, and run programs in its container`,
    hints: [`To give each a login of its own, remove \`login: server\` from shared.services.${server}`],
  }),
  SHARED_LOGIN_KEPT: ({ server, environments }: { server: string; environments: readonly string[] }) => ({
    message: `${environments.join(', ')} ${environments.length === 1 ? 'logs' : 'log'} in to ${server} as its superuser, as in earlier versions of piko, so ${server} is open to every environment that knows its password`,
    hints: environments.map(
      name =>
        `To give ${name} a login of its own, run \`piko destroy ${name} --backup\`, then \`piko create ${name}\``,
    ),
  }),
  SHARED_LOGIN_REFUSED: ({ server, user, refused }: Refused) => ({
    message: `${[...new Set(refused.map(({ service }) => service))].join(', ')} logs in to ${server} as ${user}, its superuser, which it refuses to environments`,
    hints: [
      ...refused.map(
        ({ service, line }) =>
          `To have ${service} use its own login, write \`${line}\` under its \`environment:\` in the Compose file`,
      ),
      `To let all environments be superuser, so that each can read and change the data of all, set shared.services.${server}.login to server`,
    ],
  }),
  SHARED_DATA_COMMON: ({ server, services, what, isSeparate, lines }: Common) => ({
    message: `${services.join(', ')} ${services.length === 1 ? 'shares' : 'share'} the ${what} of ${server} with all environments: what one writes, another reads`,
    hints: [
      ...(isSeparate
        ? []
        : [
            `To give each environment its own database, set \`shared: { services: { ${server}: { per_environment: database } } }\` in .piko.yml`,
          ]),
      ...lines.map(
        ({ services, line }) =>
          `To have ${services.join(', ')} use it, write \`${line}\` under its \`environment:\` in the Compose file`,
      ),
    ],
  }),
})
