import { type Access, type Checkout, detailsOf } from '@piko/sdk'
import { resolve } from 'node:path'
import type { ComposeConfig } from '../config.js'
import { readInvocation, readVariables } from '../model/files.js'
import { findReads, type Reads } from './find-reads.js'
import { findOutside, type Place } from './outside.js'

export interface CheckoutReading {
  readonly checkout: Checkout
  /** The main checkout. */
  readonly root: string
}

/**
 * What Compose would open outside the checkout, or fetch, to read its project. Opens no such file itself: the files that
 * hold variables and name the Compose files are checked first.
 */
export async function readReads(
  { config }: { readonly config: ComposeConfig },
  { checkout, root }: CheckoutReading,
): Promise<Reads> {
  const place: Place = { worktree: checkout.path, root, links: checkout.links }
  const before = await findStart(config, place)
  if (before.length > 0) return only(before)
  const invocation = await readInvocation(config, checkout).catch((error: unknown) => {
    if (detailsOf(error) === undefined) throw error
    return undefined // the step that reads the project reports it
  })
  if (invocation === undefined) return only([])
  const { files, projectDirectory: directory, envFiles } = invocation
  const more = await outsideOf(envFiles, { base: directory, place, verb: 'read their variables from' })
  if (more.length > 0) return only(more)
  const variables = { ...(await readVariables(config, checkout)), ...shellVariables() }
  return findReads({ files, directory, variables: { ...variables, ...checkout.variables } }, place)
}

function only(found: readonly Access[]): Reads {
  return { found, services: [] }
}

/** The folder that Compose runs in, and the files with the variables that may name the Compose files. */
async function findStart(config: ComposeConfig, place: Place): Promise<readonly Access[]> {
  const base = resolve(place.worktree, config.dir)
  const folders = await outsideOf([base], { base, place, verb: 'are in' })
  const envFiles = [config.env_file ?? '.env'].flat()
  return [...folders, ...(await outsideOf(envFiles, { base, place, verb: 'read their variables from' }))]
}

async function outsideOf(
  paths: readonly string[],
  { base, place, verb }: { readonly base: string; readonly place: Place; readonly verb: string },
): Promise<readonly Access[]> {
  const outside = await Promise.all(paths.map(path => findOutside(path, { base, place })))
  return outside.flatMap(path =>
    path === undefined
      ? []
      : [{ kind: 'file', message: `The Compose files ${verb} ${path}`, when: 'reading' }],
  )
}

function shellVariables(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
