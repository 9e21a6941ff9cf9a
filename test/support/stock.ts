import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { type Rows, readAllRows } from './rows.js'
import type { ScratchProject } from './scratch-project.js'
import type { EngineLists } from './world.js'

/** The present state of the engine, the databases, git and the disk. */
export interface Stock {
  readonly engine: EngineLists
  readonly rows: Rows
  readonly worktrees: string
  readonly branches: string
  /** Entries under `.piko/environments` and `.piko/worktrees`. */
  readonly folders: readonly string[]
}

export async function takeStock(project: ScratchProject, engine = project.engine()): Promise<Stock> {
  const home = project.at(project.root)
  return {
    engine,
    rows: readAllRows(project),
    worktrees: await home.git('worktree', 'list', '--porcelain'),
    branches: await home.git('branch', '--list', '--format=%(refname:short)'),
    folders: ['environments', 'worktrees'].flatMap(name => list(join(project.root, '.piko', name))),
  }
}

/** Expects everything to be unchanged, except what `but` names. */
export async function expectStock(
  project: ScratchProject,
  before: Stock,
  { but = [] }: { readonly but?: readonly (keyof Stock)[] } = {},
): Promise<void> {
  const after = await takeStock(project, await engineLike(project, before.engine))
  if (!but.includes('engine')) expectSame(after.engine, before.engine)
  const ignored = Object.fromEntries(but.map(name => [name, undefined]))
  expect({ ...after, ...ignored }).to.deep.equal({ ...before, ...ignored })
}

/** Expects the engine's lists to be unchanged. */
export async function expectEngine(project: ScratchProject, before: EngineLists): Promise<void> {
  expectSame(await engineLike(project, before), before)
}

/** Others using this engine get a moment to finish. */
async function engineLike(project: ScratchProject, before: EngineLists): Promise<EngineLists> {
  const wanted = JSON.stringify(before)
  let now = project.engine()
  for (let tries = 0; tries < 60 && JSON.stringify(now) !== wanted; tries++) {
    await pause(500)
    now = project.engine()
  }
  return now
}

function expectSame(after: EngineLists, before: EngineLists): void {
  for (const kind of ['containers', 'networks', 'volumes', 'images'] as const)
    expect(after[kind], kind).to.deep.equal(before[kind])
}

function list(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map(name => join(folder, name))
    : []
}
