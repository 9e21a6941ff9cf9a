import type { Access } from '@piko/sdk'
import { isAbsolute, resolve } from 'node:path'
import { isInside } from '../../model/leaving.js'
import type { RawService } from '../../model/raw.js'
import type { Looking, ServiceRule } from '../rule.js'

type RawBuild = NonNullable<RawService['build']>

/** What a build gets from outside the worktree, and more than a build's usual rights. */
export const builds: ServiceRule = async ({ service, raw, written }, looking) => {
  const { build } = raw
  if (!build) return []
  const places = [
    ...(await contextsOf(build, { written: written?.build, looking })),
    ...(await dockerfileOf(build, looking)),
  ]
  return [...places, ...rightsOf(build)].map((what): Access => ({
    kind: 'build',
    message: `Service ${service} is built ${what}`,
    service,
  }))
}

async function contextsOf(
  { context, additional_contexts: more }: RawBuild,
  { written, looking }: { readonly written: RawService['build']; readonly looking: Looking },
): Promise<readonly string[]> {
  const all = [
    ...(context === undefined ? [] : [{ path: context, asWritten: written?.context }]),
    ...Object.entries(more ?? {}).map(([key, path]) => ({
      path,
      asWritten: written?.additional_contexts?.[key],
    })),
  ]
  const outside = all.map(async ({ path, asWritten }) => {
    if (/^(service|docker-image|target):/.test(path)) return undefined
    return isAbsolute(path) ? looking.findOutside(path, asWritten) : path
  })
  return (await Promise.all(outside)).flatMap(path => (path === undefined ? [] : [`from ${path}`]))
}

async function dockerfileOf(
  { context = '', dockerfile }: RawBuild,
  looking: Looking,
): Promise<readonly string[]> {
  if (dockerfile === undefined || !isAbsolute(context)) return []
  const path = resolve(context, dockerfile)
  const isOfContext = isInside(path, context) && (await looking.findOutside(context, undefined)) !== undefined
  if (isOfContext) return [] // the context is listed
  const outside = await looking.findOutside(path, dockerfile)
  return outside === undefined ? [] : [`with the Dockerfile ${outside}`]
}

function rightsOf({
  privileged,
  network,
  ssh,
  entitlements,
  cache_from,
  cache_to,
}: RawBuild): readonly string[] {
  const local = [...(cache_from ?? []), ...(cache_to ?? [])].filter(cache => /type=local/.test(cache))
  return [
    ...(privileged ? ['with privileges'] : []),
    ...(network === 'host' ? ["on the host's network"] : []),
    ...(ssh?.length ? [`with the SSH keys ${JSON.stringify(ssh)}`] : []),
    ...(entitlements?.length ? [`with ${entitlements.join(', ')}`] : []),
    ...local.map(cache => `with the cache ${cache}`),
  ]
}
