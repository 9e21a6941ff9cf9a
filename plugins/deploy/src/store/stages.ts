import { stageErrors } from '../errors/stages.js'
import { flag, json, number, optional, text } from './columns.js'
import { defineTable, type Reading, type Row } from './table.js'

const columns = {
  name: text('name'),
  service: text('service'),
  /** Without a tag: `registry.example.org/team/web`. */
  image: text('image'),
  /** What `deploy watch` looks for: a semver range, a glob or a fixed tag. */
  tag: optional(text('tag')),
  /** The services of the Compose files that it runs. Null: its service and what that depends on. */
  services: optional(json<readonly string[]>('services')),
  environment: json<Readonly<Record<string, string>>>('environment'),
  /** `name:/path`, as in a Compose file. */
  volumes: json<readonly string[]>('volumes'),
  port: optional(number('port')),
  host: optional(text('host')),
  health: optional(text('health')),
  /** Runs once in the new image before it starts: migrations. */
  releaseCommand: optional(text('release_command')),
  /** A Docker context. Null: the current one. */
  engine: optional(text('engine')),
  auto: flag('auto'),
}

export type Stage = Row<typeof columns>

export const stages = defineTable({
  name: 'deploy_stages',
  columns,
  notFound: id => stageErrors.DEPLOY_STAGE_UNKNOWN({ name: id, known: [] }),
})

export function findStage(context: Reading, name: string): Stage | undefined {
  return stages.where(context, 'name', name)[0]
}

export function requireStage(context: Reading, name: string): Stage {
  const found = findStage(context, name)
  if (found) return found
  throw stageErrors.DEPLOY_STAGE_UNKNOWN({ name, known: stages.all(context).map(stage => stage.name) })
}
