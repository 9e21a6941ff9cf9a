import { detailsOf, failure, type Failure } from '@piko/sdk'
import { dirname, join, resolve } from 'node:path'

/** What goes wrong with backups. */

export function fileThere(file: string): Failure {
  return failure({
    code: 'VOLUMES_FILE_EXISTS',
    message: `${file} already exists, and no backup is overwritten`,
    hints: ['To choose another place, add `--to FILE`'],
    kind: 'refused',
  })
}

export function fileMissing(file: string, root: string): Failure {
  return failure({
    code: 'VOLUMES_FILE_MISSING',
    message: `${file} cannot be read`,
    hints: [`To see the backups of the project, run \`ls ${quoted(join(root, '.piko/backups'))}\``],
    kind: 'usage',
  })
}

export function archiveForeign(file: string, because: string): Failure {
  return failure({
    code: 'VOLUMES_ARCHIVE_FOREIGN',
    message: `${file} is not a piko backup: ${because}; nothing was changed`,
    hints: ['To make a backup, run `piko volumes backup NAME`'],
    kind: 'refused',
  })
}

export function archiveDamaged(file: string, cause: unknown): Failure {
  const said = detailsOf(cause)
  return failure({
    code: 'VOLUMES_ARCHIVE_DAMAGED',
    message: `The backup ${file} is damaged: ${said?.message ?? (cause instanceof Error ? cause.message : String(cause))}; nothing was changed`,
    hints: [`To see the other backups, run \`ls ${quoted(dirname(resolve(file)))}\``],
    kind: 'refused',
    cause,
  })
}

export function archiveUnsafe(file: string, strays: readonly string[]): Failure {
  return failure({
    code: 'VOLUMES_ARCHIVE_UNSAFE',
    message: `${file} would write outside the volumes; nothing was changed`,
    details: strays.slice(0, 10),
    kind: 'refused',
  })
}

export function linksLeadOut(
  file: string,
  facts: { readonly links: readonly string[]; readonly command: string },
): Failure {
  return failure({
    code: 'VOLUMES_ARCHIVE_LINKS',
    message: `${file} has symbolic links that lead out of their volumes; nothing was changed`,
    details: facts.links.slice(0, 10),
    hints: [`To restore them as they are, run \`${facts.command}\``],
    kind: 'refused',
  })
}

export function otherProject(
  file: string,
  facts: { readonly project: string; readonly environment: string; readonly command: string },
): Failure {
  return failure({
    code: 'VOLUMES_ARCHIVE_OTHER',
    message: `${file} is a backup of ${facts.environment} of the project ${facts.project}; nothing was changed`,
    hints: [`To restore it anyway, run \`${facts.command}\``],
    kind: 'refused',
  })
}

export function otherVolumes(
  file: string,
  facts: {
    readonly environment: string
    readonly unknown: readonly string[]
    readonly known: readonly string[]
  },
): Failure {
  const { environment, unknown, known } = facts
  return failure({
    code: 'VOLUMES_ARCHIVE_VOLUMES',
    message: `${file} has volumes that ${environment} does not have: ${unknown.join(', ')}; nothing was changed`,
    hints: [
      `To restore the others, run \`piko volumes restore ${environment} ${file} ${known.join(' ') || 'VOLUME'}\``,
    ],
    kind: 'refused',
  })
}

export function backupFailed(file: string, cause: unknown): Failure {
  const said = detailsOf(cause)
  return failure({
    code: 'VOLUMES_BACKUP_FAILED',
    message: `The backup ${file} could not be written; it was removed, and the data was not changed`,
    details: [
      said?.message ?? (cause instanceof Error ? cause.message : String(cause)),
      ...(said?.details ?? []),
    ],
    hints: [...(said?.hints ?? []), 'To see the free space, run `df -h .`'],
    kind: 'tool',
    cause,
  })
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`
}
