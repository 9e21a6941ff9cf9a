import { errorTable, shellWord } from '@piko/sdk'

type Migrated = { file: string; owner: string; migration: string }

export const stateErrors = errorTable({
  STATE_UNREADABLE: ({ file, cause }: { file: string; cause: unknown }) => ({
    message: `The state in ${file} cannot be opened${reason(cause)}`,
    hints: ['To see what is wrong and what can be done, run `piko doctor`'],
    cause,
  }),
  /** State that came with a branch could name any path, program or variable. */
  STATE_TRACKED: ({ root, files }: { root: string; files: readonly string[] }) => ({
    message: `git tracks ${files[0] ?? '.piko'}: state that came with a branch is not used`,
    hints: [
      `To check out the branch before this one, run \`git -C ${shellWord(root)} switch -\``,
      `To remove it from this branch, run \`git -C ${shellWord(root)} rm -r --force -- .piko\``,
    ],
    kind: 'refused',
  }),
  STATE_FROM_COMMIT: ({ file }: { file: string }) => ({
    message: `${file} came with a commit; piko did not write it`,
    hints: [`To start without environments, run \`rm ${shellWord(file)}*\``],
    kind: 'refused',
  }),
  STATE_LINKED: ({ path }: { path: string }) => ({
    message: `${path} is a symbolic link; piko's state must be in the project's own folder`,
    hints: [`To start without it, run \`rm ${shellWord(path)}\``],
    kind: 'refused',
  }),
  STATE_OF_OTHER_USER: ({ path }: { path: string }) => ({
    message: `${path} belongs to another user`,
    hints: [`To see whose it is, run \`ls -ld ${shellWord(path)}\``],
    kind: 'refused',
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
