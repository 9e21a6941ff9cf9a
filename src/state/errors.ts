import { failure, type Failure } from '@piko/sdk'

export function databaseUnreadable(file: string, cause: unknown): Failure {
  return failure({
    code: 'STATE_UNREADABLE',
    message: `The state in ${file} cannot be opened${cause instanceof Error ? `: ${cause.message}` : ''}`,
    hints: ['To see what piko knows about this project, run `piko doctor`'],
    cause,
  })
}

export function databaseNewer(file: string, facts: { owner: string; migration: string }): Failure {
  return failure({
    code: 'STATE_NEWER',
    message: `The state in ${file} was written by a newer ${facts.owner}: it has the migration ${facts.migration}`,
    hints: [
      'To continue, update piko and its plugins: `npm install --global piko` and `piko plugins update`',
    ],
  })
}

export function migrationEdited(file: string, facts: { owner: string; migration: string }): Failure {
  return failure({
    code: 'STATE_MIGRATION_EDITED',
    message: `The migration ${facts.migration} of ${facts.owner} is not the one that created ${file}`,
    hints: ['A released migration must not be edited: report it to the author of the plugin'],
    kind: 'plugin',
  })
}

export function migrationFailed(
  file: string,
  facts: { owner: string; migration: string; cause: unknown },
): Failure {
  const why = facts.cause instanceof Error ? `: ${facts.cause.message}` : ''
  return failure({
    code: 'STATE_MIGRATION_FAILED',
    message: `The migration ${facts.migration} of ${facts.owner} failed on ${file}${why}; nothing was changed`,
    kind: 'plugin',
    cause: facts.cause,
  })
}

export function tableForeign(owner: string, table: string): Failure {
  return failure({
    code: 'STATE_TABLE_FOREIGN',
    message: `The plugin ${owner} used the table ${table}, which belongs to another plugin`,
    hints: [`Tables of ${owner} start with ${owner.replaceAll('-', '_')}_`],
    kind: 'plugin',
  })
}
