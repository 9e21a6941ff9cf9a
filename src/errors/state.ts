import { errorTable } from '@piko/sdk'

type Migrated = { file: string; owner: string; migration: string }

export const stateErrors = errorTable({
  STATE_UNREADABLE: ({ file, cause }: { file: string; cause: unknown }) => ({
    message: `The state in ${file} cannot be opened${reason(cause)}`,
    hints: ['To see what piko knows about this project, run `piko doctor`'],
    cause,
  }),
  STATE_NEWER: ({ file, owner, migration }: Migrated) => ({
    message: `The state in ${file} was written by a newer ${owner}: it has the migration ${migration}`,
    hints: [
      'To continue, update piko and its plugins: `npm install --global piko` and `piko plugins update`',
    ],
  }),
  STATE_MIGRATION_EDITED: ({ file, owner, migration }: Migrated) => ({
    message: `The migration ${migration} of ${owner} is not the one that created ${file}`,
    hints: ['A released migration must not be edited: report it to the author of the plugin'],
    kind: 'plugin',
  }),
  STATE_MIGRATION_FAILED: ({ file, owner, migration, cause }: Migrated & { cause: unknown }) => ({
    message: `The migration ${migration} of ${owner} failed on ${file}${reason(cause)}; nothing was changed`,
    kind: 'plugin',
    cause,
  }),
  STATE_TABLE_FOREIGN: ({ owner, table }: { owner: string; table: string }) => ({
    message: `The plugin ${owner} used the table ${table}, which belongs to another plugin`,
    hints: [`Tables of ${owner} start with ${owner.replaceAll('-', '_')}_`],
    kind: 'plugin',
  }),
})

function reason(cause: unknown): string {
  return cause instanceof Error ? `: ${cause.message}` : ''
}
