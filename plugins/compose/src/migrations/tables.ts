import type { Migration } from '@piko/sdk'

export const migrations: readonly Migration[] = [
  {
    id: '1-keeping',
    sql: `
      CREATE TABLE compose_anonymous_volumes (
        environment TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (environment, name)
      ) STRICT;
      CREATE TABLE compose_before (
        environment TEXT NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (environment, kind, name)
      ) STRICT;
    `,
  },
]
