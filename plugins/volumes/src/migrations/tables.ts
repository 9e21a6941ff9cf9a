import type { Migration } from '@piko/sdk'

export const migrations: readonly Migration[] = [
  {
    id: '1-volumes',
    sql: `
      -- What this run has copied into; 'copying' until the copy is whole.
      CREATE TABLE volumes_filled (
        environment TEXT NOT NULL, volume TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (environment, volume)
      ) STRICT;
      -- Containers that a process of piko has paused or stopped, and how they go on.
      CREATE TABLE volumes_halted (
        container TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, resume TEXT NOT NULL, pid INTEGER NOT NULL, engine TEXT NOT NULL
      ) STRICT;
      -- Volumes whose new data is whole beside the old, and is being put in its place.
      CREATE TABLE volumes_swaps (
        environment TEXT NOT NULL, volume TEXT NOT NULL, PRIMARY KEY (environment, volume)
      ) STRICT;
      -- What an image has inside: gnu (a GNU tar), shell, none.
      CREATE TABLE volumes_images (image TEXT NOT NULL PRIMARY KEY, tools TEXT NOT NULL) STRICT;
    `,
  },
]
