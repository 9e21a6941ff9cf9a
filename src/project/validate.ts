import type { ConfigSchema, SchemaIssue } from '@piko/sdk'
import { projectErrors } from '../errors/project.js'
import { placeAt, wrongKinds, type ValueWithSchema } from './mismatch.js'
import type { Path, Problem } from './problem.js'
import { alternatives } from './shape.js'

/** A part of the configuration and the schema that owns it. */
export interface Part<Config> {
  /** The owner to blame if the schema throws. */
  readonly owner: string
  /** The part's path. Core's is empty. */
  readonly path: Path
  readonly config: ConfigSchema<Config>
  readonly value: unknown
}

export type Validated<Config> = { readonly value: Config } | { readonly problems: readonly Problem[] }

/** Validates with the schema's own library, and explains issues in plain words where its JSON Schema allows. */
export async function validate<Config>({
  owner,
  path,
  config,
  value,
}: Part<Config>): Promise<Validated<Config>> {
  try {
    const result = await config.schema['~standard'].validate(value)
    if (!result.issues) return { value: result.value }
    const root = config.jsonSchema()
    const place: ValueWithSchema = { value, path, schema: root, root }
    return { problems: result.issues.flatMap(issue => explained(issue, place)) }
  } catch (error) {
    throw projectErrors.CONFIG_SCHEMA_BROKEN({ owner, cause: error })
  }
}

/** Libraries often report a union as a whole. The problems inside it are more specific. */
function explained(issue: SchemaIssue, whole: ValueWithSchema): readonly Problem[] {
  const path = (issue.path ?? []).map(segmentOf)
  const place = placeAt(whole, path)
  const isUnion = alternatives(place.schema, place.root).length > 1
  const problems = wrongKinds(place).filter(problem => isUnion || problem.path.length === place.path.length)
  return problems.length > 0 ? problems : [{ path: place.path, message: issue.message }]
}

function segmentOf(segment: PropertyKey | { readonly key: PropertyKey }): string | number {
  const key = typeof segment === 'object' ? segment.key : segment
  return typeof key === 'number' ? key : String(key)
}
