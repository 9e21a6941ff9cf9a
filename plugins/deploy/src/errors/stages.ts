import { errorTable } from '@piko/sdk'

type Unknown = { name: string; known: readonly string[] }
type Service = { service: string; known: readonly string[] }

export const stageErrors = errorTable({
  DEPLOY_STAGE_UNKNOWN: ({ name, known }: Unknown) => ({
    message: `There is no stage ${name}${known.length === 0 ? '' : `; there are ${known.join(', ')}`}`,
    hints: [
      'To see all, run `piko stage list`',
      `To add it, run \`piko stage add ${name} --service SERVICE --image IMAGE\``,
    ],
    kind: 'usage',
  }),
  DEPLOY_STAGE_EXISTS: ({ name }: { name: string }) => ({
    message: `There already is a stage ${name}`,
    hints: [`To change it, run \`piko stage update ${name}\``],
    kind: 'usage',
  }),
  DEPLOY_STAGE_NAME_INVALID: ({ name }: { name: string }) => ({
    message:
      name === 'logs' || name === 'watch'
        ? `A stage cannot be named ${name}: \`piko deploy ${name}\` is a command`
        : `${name} cannot be the name of a stage: it takes lower-case letters, digits and dashes, and begins with a letter`,
    hints: ['To add one, run `piko stage add staging --service SERVICE --image IMAGE`'],
    kind: 'usage',
  }),
  DEPLOY_STAGE_VALUE_INVALID: ({ flag, value, wanted }: { flag: string; value: string; wanted: string }) => ({
    message: `--${flag} ${value} is not ${wanted}`,
    hints: ['To see the flags, run `piko stage add --help`'],
    kind: 'usage',
  }),
  DEPLOY_STAGE_NOTHING_TO_UPDATE: ({ name }: { name: string }) => ({
    message: `No flag says what to change in ${name}`,
    hints: [`To change its port, run \`piko stage update ${name} --port 80\``],
    kind: 'usage',
  }),
  DEPLOY_STAGE_SERVICE_UNKNOWN: ({ service, known }: Service) => ({
    message: `The Compose files have no service ${service}; they have ${known.join(', ')}`,
    hints: ['To name another, run `piko stage update NAME --service SERVICE`'],
  }),
  DEPLOY_STAGE_HOST_TAKEN: ({ host }: { host: string }) => ({
    message: `The host name ${host} is in use by another stage or environment of this machine`,
    hints: ['To use another, run `piko stage update NAME --host HOST`'],
  }),
  DEPLOY_STAGE_ENGINE_OTHER: ({ stage, engine }: { stage: string; engine: string }) => ({
    message: `${stage} has containers on ${engine}; they would be left behind`,
    hints: [`To move it, run \`piko stage remove ${stage}\` and add it again`],
    kind: 'refused',
  }),
  DEPLOY_STAGE_NOT_CONFIRMED: ({ name, losses }: { name: string; losses: readonly string[] }) => ({
    message: `Removing ${name} removes ${losses.join(', ')}`,
    hints: [`To remove it, run \`piko stage remove ${name} --yes\``],
    kind: 'refused',
  }),
})
