import { BaseCommand } from '../../oclif/base-command.js'
import { mergedJsonSchema } from '../../project/json-schema.js'
import { coreSchema } from '../../project/schema.js'

export default class ConfigSchema extends BaseCommand {
  static override summary = 'Print the JSON Schema of .piko.yml'
  static override description =
    'Includes the sections of the plugins that the project uses. For editors that validate YAML.'
  static override examples = [
    '<%= config.bin %> config schema > .piko.schema.json',
    '<%= config.bin %> config schema | head',
  ]
  static override jsonVersion = undefined // the schema is the answer

  async run(): Promise<object> {
    await this.parse(ConfigSchema)
    const { plugins } = await this.session().plugins()
    const sections = plugins.flatMap(({ name, definition }) =>
      definition.config ? [{ name, config: definition.config }] : [],
    )
    const schema = mergedJsonSchema(coreSchema, sections)
    this.log(JSON.stringify(schema, undefined, 2))
    return schema
  }
}
