import * as z from 'zod'

const key = z.string().min(1)

const schema = z
  .strictObject({
    copy: z
      .array(key)
      .default([])
      .describe('Volumes that get a copy of the data of `source` when an environment is created'),
    shared: z
      .array(key.regex(/^[^:]+(:ro)?$/, 'expected the name of a volume, or NAME:ro'))
      .default([])
      .describe('Volumes of the main stack that every environment mounts; NAME:ro mounts it read-only'),
    source: key
      .default('main')
      .describe(
        'Whose data is copied: `main`, that of plain `docker compose` in the main checkout, or the name of an environment',
      ),
  })
  .superRefine(({ copy, shared }, { addIssue }) => {
    for (const both of sharedVolumes(shared).filter(({ volume }) => copy.includes(volume))) {
      const message = `${both.volume} is under \`copy\` too; a volume is copied or shared`
      addIssue({ code: 'custom', path: ['shared'], message })
    }
  })

/** The section `volumes:` of `.piko.yml`. */
export type VolumesConfig = z.output<typeof schema>

/** Parses `caddy_data` and `media:ro`. */
export function sharedVolumes(
  shared: VolumesConfig['shared'],
): readonly { readonly volume: string; readonly readOnly: boolean }[] {
  return shared.map(entry => ({ volume: entry.replace(/:ro$/, ''), readOnly: entry.endsWith(':ro') }))
}

export const config = {
  schema,
  jsonSchema: () => jsonSchema.parse(z.toJSONSchema(schema, { io: 'input' })),
}

const jsonSchema = z.record(z.string(), z.json())
