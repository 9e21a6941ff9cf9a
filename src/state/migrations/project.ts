import type { Migration } from '@piko/sdk'
import { journalTables } from './journal.js'

/** `.piko/state.db`: the environments of one project. */
export const projectMigrations: readonly Migration[] = [
  {
    id: '1-environments',
    sql: `
CREATE TABLE project (
  root TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;
CREATE TABLE environments (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
  name TEXT NOT NULL UNIQUE,
  branch TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL CHECK (status IN ('creating', 'prepared', 'starting', 'running', 'stopping', 'stopped', 'failed', 'destroying')),
  variables TEXT NOT NULL DEFAULT '{}',
  columns TEXT NOT NULL DEFAULT '{}',
  targets TEXT NOT NULL DEFAULT '[]',
  created_at TEXT NOT NULL
) STRICT;
CREATE TABLE ports (
  environment INTEGER NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
  service TEXT NOT NULL,
  port INTEGER NOT NULL,
  protocol TEXT NOT NULL CHECK (protocol IN ('tcp', 'udp', 'sctp')),
  host_port INTEGER NOT NULL CHECK (host_port BETWEEN 1 AND 65535),
  PRIMARY KEY (environment, service, port, protocol),
  UNIQUE (host_port, protocol)
) STRICT;
${journalTables}`,
  },
  {
    id: '2-ports-by-subject',
    sql: `
CREATE TABLE ports_of_subjects (
  subject TEXT NOT NULL,
  service TEXT NOT NULL,
  port INTEGER NOT NULL,
  protocol TEXT NOT NULL CHECK (protocol IN ('tcp', 'udp', 'sctp')),
  host_port INTEGER NOT NULL CHECK (host_port BETWEEN 1 AND 65535),
  PRIMARY KEY (subject, service, port, protocol),
  UNIQUE (host_port, protocol)
) STRICT;
INSERT INTO ports_of_subjects
  SELECT 'environment:' || environments.name, service, port, protocol, host_port
  FROM ports JOIN environments ON environments.id = ports.environment;
DROP TABLE ports;
ALTER TABLE ports_of_subjects RENAME TO ports;`,
  },
  {
    id: '3-undo-titles',
    sql: `
ALTER TABLE journal ADD COLUMN undo_title TEXT;`,
  },
  {
    id: '4-identity',
    sql: `
ALTER TABLE project ADD COLUMN id TEXT;
CREATE TABLE former_roots (
  root TEXT NOT NULL PRIMARY KEY
) STRICT;`,
  },
]
