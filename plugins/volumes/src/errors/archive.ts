import { detailsOf, errorTable, shellWord } from '@piko/sdk'

type Other = { file: string; project: string; environment: string; command: string }
type Volumes = { file: string; environment: string; unknown: readonly string[]; known: readonly string[] }
type Specials = { file: string; specials: readonly string[]; command: string }
type Links = { file: string; links: readonly string[]; command: string }

/** Errors of backups. */
export const archiveErrors = errorTable({
  VOLUMES_FILE_EXISTS: ({ file }: { file: string }) => ({
    message: `${file} already exists, and no backup is overwritten`,
    hints: ['To choose another place, add `--to FILE`'],
    kind: 'refused',
  }),
  /** `folder`: the project's backup folder. */
  VOLUMES_FILE_MISSING: ({ file, folder }: { file: string; folder: string }) => ({
    message: `${file} cannot be read`,
    hints: [`To see the backups of the project, run \`ls ${shellWord(folder)}\``],
    kind: 'usage',
  }),
  VOLUMES_ARCHIVE_FOREIGN: ({ file, because }: { file: string; because: string }) => ({
    message: `${file} is not a piko backup: ${because}; nothing was changed`,
    hints: ['To make a backup, run `piko volumes backup NAME`'],
    kind: 'refused',
  }),
  /** `folder`: the folder of the file. */
  VOLUMES_ARCHIVE_DAMAGED: ({ file, folder, cause }: { file: string; folder: string; cause: unknown }) => ({
    message: `The backup ${file} is damaged: ${reason(cause)}; nothing was changed`,
    hints: [`To see the other backups, run \`ls ${shellWord(folder)}\``],
    kind: 'refused',
    cause,
  }),
  VOLUMES_ARCHIVE_UNSAFE: ({ file, strays }: { file: string; strays: readonly string[] }) => ({
    message: `${file} would write outside the volumes; nothing was changed`,
    details: strays.slice(0, 10),
    kind: 'refused',
  }),
  VOLUMES_ARCHIVE_LINKS: ({ file, links, command }: Links) => ({
    message: `${file} has symbolic links that lead out of their volumes; nothing was changed`,
    details: links.slice(0, 10),
    hints: [`To restore them as they are, run \`${command}\``],
    kind: 'refused',
  }),
  VOLUMES_ARCHIVE_SPECIAL: ({ file, specials, command }: Specials) => ({
    message: `${file} has devices, pipes, or programs with the rights of another user; nothing was changed`,
    details: specials.slice(0, 10),
    hints: [`To restore them as they are, run \`${command}\``],
    kind: 'refused',
  }),
  VOLUMES_ARCHIVE_OTHER: ({ file, project, environment, command }: Other) => ({
    message: `${file} is a backup of ${environment} of the project ${project}; nothing was changed`,
    hints: [`To restore it anyway, run \`${command}\``],
    kind: 'refused',
  }),
  VOLUMES_ARCHIVE_VOLUMES: ({ file, environment, unknown, known }: Volumes) => ({
    message: `${file} has volumes that ${environment} does not have: ${unknown.join(', ')}; nothing was changed`,
    hints: [
      `To restore the others, run \`piko volumes restore ${environment} ${file} ${known.join(' ') || 'VOLUME'}\``,
    ],
    kind: 'refused',
  }),
  VOLUMES_BACKUP_FAILED: ({ file, cause }: { file: string; cause: unknown }) => ({
    message: `The backup ${file} could not be written; it was removed, and the data was not changed`,
    details: [reason(cause), ...(detailsOf(cause)?.details ?? [])],
    hints: [...(detailsOf(cause)?.hints ?? []), 'To see the free space, run `df -h .`'],
    kind: 'tool',
    cause,
  }),
})

function reason(cause: unknown): string {
  return detailsOf(cause)?.message ?? (cause instanceof Error ? cause.message : String(cause))
}
