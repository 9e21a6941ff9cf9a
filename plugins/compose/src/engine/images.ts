import { z } from 'zod'
import type { Model } from '../contract.js'
import { type Changing, lookDocker, type Looking, runDocker } from '../docker.js'
import { builtTags } from '../override/images.js'
import { linesOf, parseLines } from './answer.js'

const listed = z
  .object({ ID: z.string(), Repository: z.string(), Tag: z.string() })
  .transform(({ ID, Repository, Tag }) => ({ id: ID, repository: Repository, tag: Tag }))

/** What images the services of these names are built to, by service. */
export function tagsOf(model: Model, services: readonly string[]): ReadonlyMap<string, string> {
  const built = builtTags(model)
  return new Map(
    services.flatMap(name => {
      const service = model.services[name]
      if (!service?.build) return []
      const tag = service.image === undefined ? service.engineName : built.get(service.image)
      return [[name, tag ?? service.engineName] as const]
    }),
  )
}

/** Images that were built for a Compose project: Compose labels them with its name. By tag, or by id without one. */
export async function fetchBuiltImages(context: Looking, project: string): Promise<readonly string[]> {
  const filter = ['--filter', `label=com.docker.compose.project=${project}`]
  const { stdout } = await lookDocker(context, ['image', 'ls', ...filter, '--format', '{{json .}}'])
  const images = parseLines(listed, { stdout, command: 'docker image ls' })
  // A tag of another name is the user's own: `docker tag piko-app-feature-web registry/web:1`.
  const own = images.filter(
    ({ repository }) => repository === '<none>' || repository.startsWith(`${project}-`),
  )
  return own.map(({ id, repository, tag }) => (repository === '<none>' ? id : `${repository}:${tag}`))
}

/** Those of the tags that the engine has. One engine call. */
export async function fetchTags(context: Looking, tags: readonly string[]): Promise<ReadonlySet<string>> {
  if (tags.length === 0) return new Set()
  const args = ['image', 'inspect', '--format', '{{range .RepoTags}}{{println .}}{{end}}', ...tags]
  const { stdout } = await lookDocker(context, args, { allowFailure: true })
  return new Set(
    linesOf(stdout).flatMap(name => (name.endsWith(':latest') ? [name, name.slice(0, -7)] : [name])),
  )
}

export async function removeImages(context: Changing, references: readonly string[]): Promise<void> {
  if (references.length > 0) await runDocker(context, ['image', 'rm', ...references])
}
