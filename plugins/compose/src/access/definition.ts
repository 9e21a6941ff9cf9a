import { type Access, type AccessDefinition, type Checkout, type Context, detailsOf } from '@piko/sdk'
import type { ComposeConfig } from '../config.js'
import { accessFact, reset } from '../contract.js'
import { fetchConfig, fetchProject } from '../checkout/fetch.js'
import { readInvocation } from '../model/files.js'
import { parseProject } from '../model/raw.js'
import { readReads } from './checkout.js'
import { findAccess } from './find-access.js'

/** What a Compose project reaches outside its worktree. */
export const access: AccessDefinition<ComposeConfig> = {
  ofReading: readReading,
  ofMain: readMainAccess,
  of: context => context.fact(accessFact) ?? [],
}

/**
 * If env files are all that Compose would open outside, it can read the rest without them: so that the user sees at once
 * what to approve.
 */
async function readReading(context: Context<ComposeConfig>, checkout: Checkout): Promise<readonly Access[]> {
  const { root, name } = context.project
  const { found: reads, services } = await readReads(context, { checkout, root })
  if (reads.length === 0 || reads.some(({ kind }) => kind !== 'env-file')) return reads
  const invocation = { ...(await readInvocation(context.config, checkout)), project: name }
  const without = { env_file: reset(), label_file: reset() }
  const layer = { services: Object.fromEntries(services.map(service => [service, without])) }
  const fetch = (...words: readonly string[]) =>
    fetchConfig(context, invocation, {
      profiles: ['*'],
      words,
      selection: { layer, environment: name },
    }).then(
      ({ stdout }) => parseProject(stdout),
      () => undefined, // files that Compose cannot read
    )
  const [project, written] = [await fetch(), await fetch('--no-path-resolution')]
  if (!project) return reads
  const place = { worktree: checkout.path, root, links: checkout.links }
  return [...reads, ...(await findAccess({ project, written }, place))]
}

/** Nothing if the main checkout has no project that Compose can read: then every branch's access is its own. */
async function readMainAccess(context: Context<ComposeConfig>): Promise<readonly Access[]> {
  const { root, name } = context.project
  const checkout: Checkout = { path: root, variables: {}, links: [] }
  try {
    const { found: reads } = await readReads(context, { checkout, root })
    const invocation = { ...(await readInvocation(context.config, checkout)), project: name }
    const { whole: project, written } = await fetchProject(context, invocation, { worktree: root })
    return [...reads, ...(await findAccess({ project, written }, { worktree: root, root, links: [] }))]
  } catch (error) {
    if (detailsOf(error) === undefined) throw error
    return []
  }
}
