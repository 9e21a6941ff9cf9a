import { detailsOf, type ErrorDetails, failure, type Failure } from '@piko/sdk'

/** Every error of this plugin that is not about archives: functions from facts to what is shown. */

export function imageMissing(): Failure {
  return failure({
    code: 'VOLUMES_NO_IMAGE',
    message: 'Docker has no image to read a volume with; nothing was changed',
    hints: ['To get one, run `docker pull busybox`'],
    kind: 'tool',
  })
}

export function shellMissing(environment: string): Failure {
  return failure({
    code: 'VOLUMES_NO_SHELL',
    message: `None of the images that Docker has can replace data in ${environment}: they have no shell; nothing was changed`,
    hints: ['To get one, run `docker pull busybox`'],
    kind: 'tool',
  })
}

export function notMade(environment: string): Failure {
  return failure({
    code: 'VOLUMES_NOT_MADE',
    message: `The environment ${environment} has no volumes yet`,
    hints: [`To create them, run \`piko up ${environment}\``],
  })
}

export function volumeUnknown(facts: {
  readonly environment: string
  readonly unknown: readonly string[]
  readonly known: readonly string[]
}): Failure {
  const { environment, unknown, known } = facts
  return failure({
    code: 'VOLUMES_UNKNOWN',
    message: `The environment ${environment} has no volume ${unknown.join(', ')}; it has ${known.join(', ') || 'none'}`,
    hints: [`To see them, run \`piko volumes list ${environment}\``],
    kind: 'usage',
  })
}

export function sourceUnknown(name: string, because: string): Failure {
  return failure({
    code: 'VOLUMES_SOURCE_UNKNOWN',
    message: `No data can be copied from ${name}: ${because}; nothing was copied`,
    hints: ['To see the environments, run `piko list`'],
    kind: 'usage',
  })
}

export function copyFailed(facts: {
  readonly volume: string
  readonly source: string
  readonly hint?: string
  readonly cause: unknown
}): Failure {
  const { volume, source, hint, cause } = facts
  const said = detailsOf(cause)
  return failure({
    code: 'VOLUMES_COPY_FAILED',
    message: `The data of ${source} could not be copied into the volume ${volume}; ${source} was not changed`,
    details: [said?.message ?? String(cause), ...(said?.details ?? [])],
    hints: [
      ...(said?.hints ?? []),
      'To see the free space, run `docker system df`',
      ...(hint === undefined ? [] : [hint]),
    ],
    kind: 'tool',
    cause,
  })
}

export function differs(facts: {
  readonly source: string
  readonly volume: string
  readonly differences: readonly string[]
}): Failure {
  const { source, volume, differences } = facts
  return failure({
    code: 'VOLUMES_DIFFER',
    message: `The copy in ${volume} differs from ${source}: ${differences.length} differences`,
    details: differences.slice(0, 10),
    kind: 'tool',
  })
}

export function stillRunning(facts: {
  readonly environment: string
  readonly containers: readonly string[]
}): Failure {
  const { environment, containers } = facts
  return failure({
    code: 'VOLUMES_IN_USE',
    message: `Volumes of ${environment} are in use by ${containers.join(', ')}; nothing was changed`,
    hints: [
      `To see what uses them, run \`piko volumes list ${environment}\``,
      `To stop the environment, run \`piko down ${environment}\``,
    ],
    kind: 'refused',
  })
}

export function volumesFull(facts: {
  readonly environment: string
  readonly volumes: readonly string[]
  readonly command: string
}): Failure {
  const { environment, volumes, command } = facts
  return failure({
    code: 'VOLUMES_NOT_EMPTY',
    message: `${volumes.join(', ')} of ${environment} ${volumes.length === 1 ? 'has' : 'have'} data, which would be lost; nothing was changed`,
    hints: [`To keep it, run \`piko volumes backup ${environment}\``, `To replace it, run \`${command}\``],
    kind: 'refused',
  })
}

export function notConfirmed(facts: {
  readonly environment: string
  readonly what: readonly string[]
  readonly command: string
}): Failure {
  const { environment, what, command } = facts
  return failure({
    code: 'VOLUMES_NOT_CONFIRMED',
    message: `The data of ${environment} would be lost: ${what.join(', ')}; nothing was changed`,
    hints: [`To keep it, run \`piko volumes backup ${environment}\``, `To continue, run \`${command}\``],
    kind: 'refused',
  })
}

export function haltedDetails(
  halted: readonly { readonly name: string; readonly resume: string; readonly container: string }[],
): ErrorDetails {
  return {
    code: 'VOLUMES_HALTED',
    message: `Still paused since piko was killed while copying their data: ${halted.map(({ name }) => name).join(', ')}`,
    hints: halted.map(({ name, resume }) => `To resume ${name}, run \`docker ${resume} ${name}\``),
  }
}

export function notResumed(names: readonly string[], resume: string): Failure {
  return failure({
    code: 'VOLUMES_NOT_RESUMED',
    message: `${names.join(', ')} could not be resumed after the copy`,
    hints: [`To try again, run \`docker ${resume} ${names.join(' ')}\``],
    kind: 'tool',
  })
}

export function backupImpossible(environment: string): ErrorDetails {
  return {
    code: 'VOLUMES_NO_BACKUP',
    message: `The plugin volumes was not active when ${environment} was created, so \`--backup\` would save nothing; nothing was changed`,
    hints: [
      `To add it, run \`piko up ${environment}\``,
      `To save the data now, run \`piko volumes backup ${environment}\``,
    ],
    kind: 'refused',
  }
}

export function fileNotNamed(environment: string): Failure {
  return failure({
    code: 'VOLUMES_FILE_NOT_NAMED',
    message: 'No backup given',
    hints: [`To restore one, run \`piko volumes restore ${environment} FILE\``],
    kind: 'usage',
  })
}
