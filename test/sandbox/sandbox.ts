import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

/** A temporary folder with a home. Programs run with `env` see none of the user's settings except Docker's. */
export interface Sandbox {
  /** The real path, without symbolic links. */
  readonly folder: string
  readonly home: string
  readonly env: NodeJS.ProcessEnv
  /** Removes the folder and stops a tmux server started in it. */
  remove(): void
}

/**
 * `name` becomes part of the folder's name. Scripts pass `withoutUserSettings()`; a test process has no user settings.
 */
export function makeSandbox(name: string, inherited: NodeJS.ProcessEnv = process.env): Sandbox {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `piko-${name}-`)))
  const home = join(folder, 'home')
  mkdirSync(home)
  return {
    folder,
    home,
    env: { ...inherited, ...variablesOf(home) },
    remove() {
      const socket = join(home, `tmux-${process.getuid?.()}`, 'default')
      if (existsSync(socket)) spawnSync('tmux', ['-S', socket, 'kill-server'])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The variables of this process without those that affect piko, Compose, git, tmux and terminals. */
export function withoutUserSettings(): NodeJS.ProcessEnv {
  const setting = /^(PIKO_(?!REQUIRE|TEST)|COMPOSE_|GIT_|XDG_|TMUX|NO_COLOR$|COLUMNS$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !setting.test(name)))
}

function variablesOf(home: string): NodeJS.ProcessEnv {
  return {
    DOCKER_CONFIG: process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker'),
    HOME: home,
    XDG_STATE_HOME: join(home, 'state'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
    GIT_CONFIG_GLOBAL: join(home, 'gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Test',
    GIT_AUTHOR_EMAIL: 'test@example.org',
    GIT_COMMITTER_NAME: 'Test',
    GIT_COMMITTER_EMAIL: 'test@example.org',
    TMUX_TMPDIR: home,
    TZ: 'UTC',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
  }
}
