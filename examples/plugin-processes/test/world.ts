import type { Cell, Tables } from '@piko/sdk'
import { createTestContext, type TestContext, type World } from '@piko/sdk/testing'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../src/config.js'
import { isRunning } from '../src/process/end.js'
import { folderOf, readDefinition, readNames, readState } from '../src/process/files.js'
import { startProcesses } from '../src/steps/start.js'

/** A program that listens on its port. */
export const listen = `exec ${process.execPath} -e 'require("http").createServer((_, r) => r.end("hello")).listen(process.env.PORT)'`

export const twoProcesses: Config = {
  api: { command: listen, port: 3000, restart: true, env: {} },
  worker: { command: 'sleep 60', restart: false, env: { QUEUE: 'mail' } },
}

export interface ProcessWorld extends World<TestContext<Config>> {
  readonly rows: readonly (readonly Cell[])[]
}

/** A worktree and a state folder for real processes, all of which end with it. */
export async function makeWorld(config: Config = twoProcesses): Promise<ProcessWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'piko-processes-'))
  await mkdir(join(folder, 'worktree'))
  const { tables, rows } = recordingTables()
  const context = createTestContext<Config>({ folder, config, tables, firstPort: await freePort() })
  return {
    context,
    rows,
    observe: async () => ({
      defined: readNames(context.environment).filter(name => readDefinition(pathOf(context, name))),
      running: readNames(context.environment).filter(name => runs(context, name)),
      folder: existsSync(folderOf(context.environment)),
    }),
    async dispose() {
      await startProcesses.undo(context, undefined)
      await rm(folder, { recursive: true })
    },
  }
}

export function runs(context: TestContext<Config>, name: string): boolean {
  const state = readState(pathOf(context, name))
  return state !== undefined && isRunning(state)
}

export function pathOf({ environment }: TestContext<Config>, name: string): string {
  return join(folderOf(environment), name)
}

/** Stores what is written, without SQL; piko's own tests cover SQLite. */
function recordingTables() {
  const rows: (readonly Cell[])[] = []
  const tables: Tables = { all: () => [], run: (_, ...values) => void rows.push(values) }
  return { tables, rows }
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
