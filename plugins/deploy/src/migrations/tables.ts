import type { Migration } from '@piko/sdk'

/** Ids are UUIDs, times are UTC in ISO 8601, booleans are 0 or 1. */
export const migrations: readonly Migration[] = [
  {
    id: '1-stages',
    sql: `
      CREATE TABLE deploy_settings (
        id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
        keep INTEGER NOT NULL DEFAULT 2 CHECK (keep >= 0),
        drain_seconds INTEGER NOT NULL DEFAULT 30 CHECK (drain_seconds >= 0),
        health_seconds INTEGER NOT NULL DEFAULT 60 CHECK (health_seconds > 0),
        watch_seconds INTEGER NOT NULL DEFAULT 60 CHECK (watch_seconds > 0),
        key_id TEXT,
        updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
      ) STRICT;
      INSERT INTO deploy_settings (id) VALUES (1);
      CREATE TABLE deploy_registries (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        url TEXT NOT NULL UNIQUE,
        user TEXT,
        token TEXT,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
      ) STRICT;
      CREATE TABLE deploy_stages (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        service TEXT NOT NULL,
        image TEXT NOT NULL,
        tag TEXT,
        services TEXT,
        environment TEXT NOT NULL DEFAULT '{}',
        volumes TEXT NOT NULL DEFAULT '[]',
        port INTEGER CHECK (port BETWEEN 1 AND 65535),
        host TEXT,
        health TEXT,
        release_command TEXT,
        engine TEXT,
        auto INTEGER NOT NULL DEFAULT 0 CHECK (auto IN (0, 1)),
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
      ) STRICT;
      CREATE TABLE deploy_secrets (
        id TEXT NOT NULL PRIMARY KEY,
        stage TEXT NOT NULL REFERENCES deploy_stages (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        UNIQUE (stage, name)
      ) STRICT;
      CREATE TABLE deploy_deploys (
        id TEXT NOT NULL PRIMARY KEY,
        stage TEXT NOT NULL REFERENCES deploy_stages (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('deploy', 'rollback', 'promote', 'watch')),
        tag TEXT NOT NULL,
        restores TEXT REFERENCES deploy_deploys (id) ON DELETE SET NULL,
        images TEXT NOT NULL DEFAULT '{}',
        serving TEXT NOT NULL DEFAULT '{}',
        status TEXT NOT NULL CHECK (status IN
          ('pending', 'pulling', 'starting', 'configuring_proxy', 'health_checking', 'success', 'failed', 'rolled_back')),
        step TEXT,
        error TEXT,
        response TEXT,
        output TEXT NOT NULL DEFAULT '[]',
        process TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        finished_at TEXT,
        UNIQUE (stage, number)
      ) STRICT;
      CREATE TABLE deploy_instances (
        id TEXT NOT NULL PRIMARY KEY,
        stage TEXT NOT NULL REFERENCES deploy_stages (id) ON DELETE CASCADE,
        deploy TEXT NOT NULL REFERENCES deploy_deploys (id) ON DELETE CASCADE,
        service TEXT NOT NULL,
        container TEXT NOT NULL,
        image TEXT NOT NULL,
        digest TEXT NOT NULL,
        takes_turns INTEGER NOT NULL CHECK (takes_turns IN (0, 1)),
        status TEXT NOT NULL CHECK (status IN ('running', 'stopped', 'failed', 'removing')),
        is_current INTEGER NOT NULL DEFAULT 0 CHECK (is_current IN (0, 1)),
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
      ) STRICT;
      CREATE TABLE deploy_logs (
        id TEXT NOT NULL PRIMARY KEY,
        deploy TEXT NOT NULL REFERENCES deploy_deploys (id) ON DELETE CASCADE,
        level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
        message TEXT NOT NULL,
        created_at TEXT NOT NULL
      ) STRICT;
      CREATE TRIGGER deploy_logs_append_only BEFORE UPDATE ON deploy_logs
        BEGIN SELECT RAISE(ABORT, 'deploy_logs is append-only'); END;
      CREATE INDEX deploy_deploys_by_stage ON deploy_deploys (stage, number);
      CREATE INDEX deploy_instances_by_stage ON deploy_instances (stage);
      CREATE INDEX deploy_logs_by_deploy ON deploy_logs (deploy);
    `,
  },
]
