/**
 * The lifecycle's tables. They are in the project's state and in the machine's, since a journal is kept where its
 * subject is.
 */
export const journalTables = `
CREATE TABLE journal (
  subject TEXT NOT NULL,
  step TEXT NOT NULL,
  plugin TEXT NOT NULL,
  plugin_version TEXT NOT NULL,
  package TEXT NOT NULL,
  phase TEXT,
  title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('started', 'done')),
  receipt TEXT,
  input TEXT,
  position INTEGER NOT NULL,
  run TEXT NOT NULL,
  holds_data INTEGER NOT NULL,
  kept_by_down INTEGER NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (subject, step)
) STRICT;
CREATE TABLE facts (
  subject TEXT NOT NULL,
  id TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (subject, id)
) STRICT;
CREATE TABLE warnings (
  subject TEXT NOT NULL,
  step TEXT NOT NULL,
  number INTEGER NOT NULL,
  warning TEXT NOT NULL,
  PRIMARY KEY (subject, step, number)
) STRICT;
`
