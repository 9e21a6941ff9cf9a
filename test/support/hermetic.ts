import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// Tests see nothing of the user: every process that they start inherits a home, a state and a locale of their own.
const home = mkdtempSync(join(tmpdir(), 'piko-home-'))
process.on('exit', () => {
  // The server that a test may have started where the user's own would be.
  if (existsSync(join(home, `tmux-${process.getuid?.()}`))) spawnSync('tmux', ['kill-server'])
  rmSync(home, { recursive: true, force: true })
})

for (const name of Object.keys(process.env)) {
  if (/^(PIKO_(?!REQUIRE|TEST)|COMPOSE_|GIT_|TMUX)/.test(name)) delete process.env[name]
}
Object.assign(process.env, {
  DOCKER_CONFIG: process.env['DOCKER_CONFIG'] ?? join(process.env['HOME'] ?? home, '.docker'),
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
  PIKO_NO_TMUX: '1', // a session for each environment of each test would be a load; the tests of tmux undo it
  PIKO_READY_AFTER: '1', // five seconds for each environment of each test would add up; the tests of readiness set their own
  TZ: 'UTC',
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
  NO_COLOR: '1',
  COLUMNS: '80',
})
