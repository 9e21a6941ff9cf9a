import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestContext, type TestContext, type TestContextOptions } from '@piko/sdk/testing'
import { config, type TmuxConfig } from '#tmux/config.js'
import { type Server, serverAt } from './server.js'

export type Context = TestContext<TmuxConfig>

/** One project with its own tmux server. */
export interface TmuxWorld {
  readonly folder: string
  readonly server: Server
  context(options?: Options): Context
  dispose(): void
}

interface Options extends Partial<Omit<TestContextOptions<TmuxConfig>, 'config' | 'folder'>> {
  readonly config?: object
}

export function makeWorld(): TmuxWorld {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'piko-tmux-')))
  mkdirSync(join(folder, 'worktree'))
  const server = serverAt(join(folder, 'socket'))
  return {
    folder,
    server,
    context: ({ config: given = {}, ...rest } = {}) =>
      createTestContext<TmuxConfig>({
        ...rest,
        folder,
        config: config.schema.parse({ socket: server.socket, ...given }),
      }),
    dispose() {
      server.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The part of compose's facts that matters here. */
export function publishServices(context: Context, services: readonly string[]): void {
  context.facts.set('compose.services', services)
}
