import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Build, Model, Service } from '../contract.js'

/** Adds images that Dockerfiles name in `FROM`, if several services are built: one may build on another's tag. */
export async function withBases(model: Model): Promise<Model> {
  const builders = Object.values(model.services).filter(({ build }) => build !== undefined)
  if (builders.length < 2) return model
  const entries = Object.entries(model.services).map(async ([name, service]): Promise<[string, Service]> =>
    service.build ? [name, { ...service, build: await readBases(service.build) }] : [name, service],
  )
  return { ...model, services: Object.fromEntries(await Promise.all(entries)) }
}

async function readBases(build: Build): Promise<Build> {
  const path = resolve(build.context?.path ?? '.', build.dockerfile ?? 'Dockerfile')
  const text = build.inline ?? (await readFile(path, 'utf8').catch(() => '')) // the context may be a URL
  return { ...build, bases: basesIn(text) }
}

/** The images that a Dockerfile names in `FROM` and `COPY --from=`, except its own stages. */
function basesIn(dockerfile: string): readonly string[] {
  const stages = [...dockerfile.matchAll(/^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/gim)]
  const copies = [...dockerfile.matchAll(/^\s*COPY\s+(?:--\S+\s+)*?--from=(\S+)/gim)]
  const own = new Set(stages.flatMap(([, , name]) => (name === undefined ? [] : [name.toLowerCase()])))
  const named = [...stages, ...copies].map(([, name = '']) => name)
  return [...new Set(named)].filter(name => !/[$]|^\d+$/.test(name) && !own.has(name.toLowerCase()))
}
