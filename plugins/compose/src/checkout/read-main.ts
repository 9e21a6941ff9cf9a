import type { Context } from '@piko/sdk'
import type { ComposeConfig } from '../config.js'
import { findPointers } from '../pointers/find-pointers.js'
import { fetchProject } from './fetch.js'
import { readInvocation, readVariables } from '../model/files.js'
import type { Model } from '../contract.js'
import { readModel } from './read.js'
import type { RawProject } from '../model/raw.js'

/** The main checkout as Compose reads it, with the names and ports in its files. Needs no engine. */
export async function readMain(context: Context<ComposeConfig>): Promise<Model> {
  const { root, name } = context.project
  const checkout = { path: root, variables: {} }
  const invocation = { ...(await readInvocation(context.config, checkout)), project: name }
  const resolved = await fetchProject(context, invocation, { worktree: root })
  const variables = await readVariables(context.config, checkout)
  const model = readModel(invocation, resolved, {
    roots: { worktree: root, root },
    claim: (_, wanted) => wanted,
    hasVariable: variable => variable in variables || variable in process.env,
  })
  return withPointers(model, resolved.whole)
}

/** Runs last, since a value may name the environment's port. */
export function withPointers(model: Model, { services: raws }: RawProject): Model {
  const services = Object.entries(model.services).map(([service, spec]) => {
    const raw = raws[service]
    const pointers = raw ? findPointers({ service, raw, services: model.services }) : []
    return [service, pointers.length === 0 ? spec : { ...spec, pointers }] as const
  })
  return { ...model, services: Object.fromEntries(services) }
}
