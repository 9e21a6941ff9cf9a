import { errorTable } from '@piko/sdk'
import { basename } from 'node:path'

type Nowhere = { directory: string; names: readonly string[] }
type EnvFile = { file: string; service?: string | undefined; because: string }
type Invalid = { files: readonly string[]; details: readonly string[]; cause?: unknown }
type Published = { files: readonly string[]; service: string; port: string }
/** `kind`: "secret" or "config". */
type Source = { kind: string; name: string; services: readonly string[] }
type Driver = { files: readonly string[]; network: string; driver: string }

type Reserved = { service: string; what: string; name: string }
/** `kind`: "network", "volume" or "container"; `root`: the holder's project. */
type Owned = { kind: string; name: string; holder: { root: string; subject: string } }

/** Errors in Compose files. */
export const fileErrors = errorTable({
  COMPOSE_FILE_MISSING: (facts: Nowhere | { path: string }) =>
    'path' in facts
      ? {
          message: `The Compose file ${facts.path} does not exist`,
          hints: [
            'To see which files are used, look at `compose.files` in .piko.yml and COMPOSE_FILE in .env',
          ],
        }
      : {
          message: `No Compose file in ${facts.directory}: there is none of ${facts.names.join(', ')}`,
          hints: [
            'To use a file with another name, set `compose: { files: [FILE] }` in .piko.yml',
            'To create only a worktree, set `plugins: []` in .piko.yml',
          ],
        },
  COMPOSE_ENV_FILE_MISSING: ({ file, service, because }: EnvFile) => ({
    message: `The env file ${file}${service === undefined ? '' : ` of service ${service}`} does not exist: ${because}`,
    hints: [copyHint(file)],
  }),
  COMPOSE_INVALID: ({ files, details, cause }: Invalid) => ({
    message: `Docker Compose cannot read ${files.join(', ')}`,
    details,
    cause,
  }),
  COMPOSE_RANGE_UNEQUAL: ({ files, service, port }: Published) => ({
    message: `Service ${service} publishes ${port}, whose two ranges differ in length, in ${files.join(', ')}`,
  }),
  COMPOSE_PORT_MALFORMED: ({ files, service, port, why }: Published & { why: string }) => ({
    message: `Service ${service} publishes ${port} in ${files.join(', ')}: ${why}`,
  }),
  COMPOSE_SOURCE_MISSING: (facts: Source & ({ file: string } | { variable: string })) =>
    'file' in facts
      ? {
          message: `The file ${facts.file} of ${facts.kind} ${facts.name} does not exist: ${neededBy(facts.services)}`,
          hints: [copyHint(facts.file)],
        }
      : {
          message: `The variable ${facts.variable} of ${facts.kind} ${facts.name} has no value: ${neededBy(facts.services)}`,
          hints: [
            `To set it, add \`${facts.variable}=…\` to .env in the main checkout, or to \`env:\` in .piko.yml`,
          ],
        },
  COMPOSE_SOURCE_EXTERNAL: ({ kind, name, services }: Source) => ({
    message: `The ${kind} ${name} is external, which Docker Compose cannot pass to a container: ${neededBy(services)}`,
    hints: [
      `To read it from a file, write \`${kind}s: { ${name}: { file: PATH } }\` in a Compose override file`,
    ],
  }),
  COMPOSE_NETWORK_DRIVER: ({ files, network, driver }: Driver) => ({
    message: `The network ${network} has the driver ${driver}, of which Docker has one network only, in ${files.join(', ')}`,
    hints: [`To use that one, write \`network_mode: ${driver}\` for the services`],
  }),
  COMPOSE_NAME_RESERVED: ({ service, what, name }: Reserved) => ({
    message: `The service ${service} has the ${what} ${name}, which is reserved for piko: it could lead others to the wrong container`,
    hints: [
      'To see which file says so, run `docker compose config`',
      'To continue, rename it in the Compose file',
    ],
    kind: 'refused',
  }),
  COMPOSE_EXTERNAL_OWNED: ({ kind, name, holder }: Owned) => ({
    message: `The external ${kind} ${name} belongs to ${holderText(holder)}`,
    hints: [
      'To see the environments of this machine, run `piko list --all`',
      kind === 'volume'
        ? "To have a copy of another environment's data, run `piko volumes copy --help`"
        : 'To use what all environments share, run `piko share --help`',
    ],
    kind: 'refused',
  }),
  COMPOSE_NOT_RESOLVED: ({ environment }: { environment: string }) => ({
    message: `The Compose files of ${environment} have not been read yet`,
    hints: [`To read them, run \`piko up ${environment}\``],
  }),
})

function copyHint(file: string): string {
  return `To have piko copy it into every worktree, add it to \`files: { copy: [${basename(file)}] }\` in .piko.yml`
}

function holderText({ root, subject }: Owned['holder']): string {
  const environment = /^environment:(.*)/.exec(subject)?.[1]
  const where = root === '' ? 'this machine' : root
  return environment === undefined ? `piko in ${where}` : `the environment ${environment} of ${where}`
}

function neededBy(services: readonly string[]): string {
  return services.length === 1
    ? `service ${services.join('')} needs it`
    : `the services ${services.join(', ')} need it`
}
