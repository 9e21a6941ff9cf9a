import type { Migration } from '@piko/sdk'

export const migrations: readonly Migration[] = [
  {
    id: '1-sharing',
    sql: `
      CREATE TABLE shared_services (
        project TEXT NOT NULL,
        service TEXT NOT NULL,
        container TEXT,
        network TEXT NOT NULL,
        PRIMARY KEY (project, service)
      ) STRICT;
      CREATE TABLE shared_consumers (
        environment TEXT NOT NULL,
        service TEXT NOT NULL,
        PRIMARY KEY (environment, service)
      ) STRICT;
      CREATE TABLE shared_attachments (
        environment TEXT NOT NULL,
        service TEXT NOT NULL,
        network TEXT NOT NULL,
        aliases TEXT NOT NULL,
        PRIMARY KEY (environment, service, network)
      ) STRICT;
      CREATE TABLE shared_databases (
        environment TEXT NOT NULL,
        service TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('postgres', 'redis')),
        name TEXT NOT NULL,
        is_made INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (environment, service),
        UNIQUE (service, name)
      ) STRICT;
    `,
  },
  {
    id: '2-logins',
    sql: `
      ALTER TABLE shared_databases ADD COLUMN login_user TEXT;
      ALTER TABLE shared_databases ADD COLUMN login_password TEXT;
      CREATE TABLE shared_admins (service TEXT PRIMARY KEY, password TEXT NOT NULL) STRICT;
    `,
  },
]
