import type { Migration } from '@piko/sdk'
import { journalTables } from './journal.js'

/** `machine.db`: what must be unique on a machine. */
export const machineMigrations: readonly Migration[] = [
  {
    id: '1-leases',
    sql: `
CREATE TABLE projects (
  root TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE worktrees (
  path TEXT NOT NULL PRIMARY KEY,
  project TEXT NOT NULL,
  owner TEXT NOT NULL
) STRICT;
CREATE TABLE blocks (
  base INTEGER NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL,
  project TEXT NOT NULL,
  owner TEXT NOT NULL
) STRICT;
CREATE TABLE subnets (
  cidr TEXT NOT NULL PRIMARY KEY,
  project TEXT NOT NULL,
  owner TEXT NOT NULL,
  key TEXT NOT NULL,
  UNIQUE (project, owner, key)
) STRICT;
CREATE TABLE names (
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  wanted TEXT NOT NULL,
  project TEXT NOT NULL,
  owner TEXT NOT NULL,
  PRIMARY KEY (namespace, name),
  UNIQUE (namespace, project, owner, wanted)
) STRICT;
${journalTables}`,
  },
  {
    id: '2-undo-titles',
    sql: `
ALTER TABLE journal ADD COLUMN undo_title TEXT;`,
  },
  {
    id: '3-approvals',
    sql: `
CREATE TABLE approvals (
  project TEXT NOT NULL,
  about TEXT NOT NULL,
  item TEXT NOT NULL,
  approved_at TEXT NOT NULL,
  PRIMARY KEY (project, about, item)
) STRICT;`,
  },
  {
    // Until a project is opened again, its root stands for its id.
    id: '4-project-ids',
    sql: `
CREATE TABLE projects_by_id (
  id TEXT NOT NULL PRIMARY KEY,
  root TEXT NOT NULL,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO projects_by_id SELECT root, root, name FROM projects;
DROP TABLE projects;
ALTER TABLE projects_by_id RENAME TO projects;`,
  },
]
