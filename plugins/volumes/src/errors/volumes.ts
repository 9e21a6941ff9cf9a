import { detailsOf, errorTable } from '@piko/sdk'

type Unknown = { environment: string; unknown: readonly string[]; known: readonly string[] }
/** `hint`: another hint. */
type Copy = { volume: string; source: string; hint?: string | undefined; cause: unknown }
type Differing = { source: string; volume: string; differences: readonly string[] }
type Full = { environment: string; volumes: readonly string[]; command: string }
type Unconfirmed = { environment: string; what: readonly string[]; command: string }
/** `resume`: the docker command, "start" or "unpause". */
type Halted = { name: string; resume: string }

export const volumeErrors = errorTable({
  VOLUMES_NO_IMAGE: {
    message: 'Docker has no image to read a volume with; nothing was changed',
    hints: ['To get one, run `docker pull busybox`'],
    kind: 'tool',
  },
  VOLUMES_NO_SHELL: ({ environment }: { environment: string }) => ({
    message: `None of the images that Docker has can replace data in ${environment}: they have no shell; nothing was changed`,
    hints: ['To get one, run `docker pull busybox`'],
    kind: 'tool',
  }),
  VOLUMES_NOT_MADE: ({ environment }: { environment: string }) => ({
    message: `The environment ${environment} has no volumes yet`,
    hints: [`To create them, run \`piko up ${environment}\``],
  }),
  VOLUMES_UNKNOWN: ({ environment, unknown, known }: Unknown) => ({
    message: `The environment ${environment} has no volume ${unknown.join(', ')}; it has ${known.join(', ') || 'none'}`,
    hints: [`To see them, run \`piko volumes list ${environment}\``],
    kind: 'usage',
  }),
  VOLUMES_SOURCE_UNKNOWN: ({ name, because }: { name: string; because: string }) => ({
    message: `No data can be copied from ${name}: ${because}; nothing was copied`,
    hints: ['To see the environments, run `piko list`'],
    kind: 'usage',
  }),
  VOLUMES_COPY_FAILED: ({ volume, source, hint, cause }: Copy) => ({
    message: `The data of ${source} could not be copied into the volume ${volume}; ${source} was not changed`,
    details: [detailsOf(cause)?.message ?? String(cause), ...(detailsOf(cause)?.details ?? [])],
    hints: [
      ...(detailsOf(cause)?.hints ?? []),
      'To see the free space, run `docker system df`',
      ...(hint === undefined ? [] : [hint]),
    ],
    kind: 'tool',
    cause,
  }),
  VOLUMES_DIFFER: ({ source, volume, differences }: Differing) => ({
    message: `The copy in ${volume} differs from ${source} in ${differences.length} ${differences.length === 1 ? 'file' : 'files'}`,
    details: differences.slice(0, 10),
    kind: 'tool',
  }),
  VOLUMES_IN_USE: ({ environment, containers }: { environment: string; containers: readonly string[] }) => ({
    message: `Volumes of ${environment} are in use by ${containers.join(', ')}; nothing was changed`,
    hints: [
      `To see what uses them, run \`piko volumes list ${environment}\``,
      `To stop the environment, run \`piko down ${environment}\``,
    ],
    kind: 'refused',
  }),
  VOLUMES_NOT_EMPTY: ({ environment, volumes, command }: Full) => ({
    message: `${volumes.join(', ')} of ${environment} ${volumes.length === 1 ? 'has' : 'have'} data, which would be lost; nothing was changed`,
    hints: [`To keep it, run \`piko volumes backup ${environment}\``, `To replace it, run \`${command}\``],
    kind: 'refused',
  }),
  VOLUMES_NOT_CONFIRMED: ({ environment, what, command }: Unconfirmed) => ({
    message: `The data of ${environment} would be lost: ${what.join(', ')}; nothing was changed`,
    hints: [`To keep it, run \`piko volumes backup ${environment}\``, `To continue, run \`${command}\``],
    kind: 'refused',
  }),
  VOLUMES_HALTED: ({ halted }: { halted: readonly Halted[] }) => ({
    message: `Still paused since piko was killed while copying their data: ${halted.map(({ name }) => name).join(', ')}`,
    hints: halted.map(({ name, resume }) => `To resume ${name}, run \`docker ${resume} ${name}\``),
  }),
  VOLUMES_NOT_RESUMED: ({ names, resume }: { names: readonly string[]; resume: string }) => ({
    message: `${names.join(', ')} could not be resumed after the copy`,
    hints: [`To try again, run \`docker ${resume} ${names.join(' ')}\``],
    kind: 'tool',
  }),
  VOLUMES_NO_BACKUP: ({ environment }: { environment: string }) => ({
    message: `The plugin volumes was not active when ${environment} was created, so \`--backup\` would save nothing; nothing was changed`,
    hints: [
      `To add it, run \`piko up ${environment}\``,
      `To save the data now, run \`piko volumes backup ${environment}\``,
    ],
    kind: 'refused',
  }),
  VOLUMES_FILE_NOT_NAMED: ({ environment }: { environment: string }) => ({
    message: 'No backup given',
    hints: [`To restore one, run \`piko volumes restore ${environment} FILE\``],
    kind: 'usage',
  }),
})
