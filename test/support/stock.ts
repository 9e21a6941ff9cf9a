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

export async function takeStock(project: ScratchProject): Promise<Stock> {
  const home = project.at(project.root)
  return {
    engine: project.engine(),
    rows: readAllRows(project),
    worktrees: await home.git('worktree', 'list', '--porcelain'),
    branches: await home.git('branch', '--list', '--format=%(refname:short)'),
    folders: ['environments', 'worktrees'].flatMap(name => list(join(project.root, '.piko', name))),
  }
}

/** Expects everything to be unchanged, except what `but` names. Others using this engine get a moment to finish. */
export async function expectStock(
  project: ScratchProject,
  before: Stock,
  { but = [] }: { readonly but?: readonly (keyof Stock)[] } = {},
): Promise<void> {
  const wanted = JSON.stringify(before.engine)
  const isAsBefore = () => JSON.stringify(project.engine()) === wanted
  for (let tries = 0; tries < 60 && !isAsBefore(); tries++) await pause(500)
  const after = await takeStock(project)
  for (const kind of ['containers', 'networks', 'volumes', 'images'] as const)
    if (!but.includes('engine')) expect(after.engine[kind], kind).to.deep.equal(before.engine[kind])
  const ignored = Object.fromEntries(but.map(name => [name, undefined]))
  expect({ ...after, ...ignored }).to.deep.equal({ ...before, ...ignored })
}

function list(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map(name => join(folder, name))
    : []
}
