import type { ComposeConfig } from '../config.js'
import { type Checkout, readVariables } from './files.js'

/** Variables that control Compose from the shell. They are ignored: an environment is the same from every shell. */
const steering = [
  { name: 'COMPOSE_FILE', section: 'compose.files' },
  { name: 'COMPOSE_PROFILES', section: 'compose.profiles' },
  { name: 'COMPOSE_ENV_FILES', section: 'compose.env_file' },
] as const

/** A line for each shell variable that would change what Compose does. */
export async function ignoredVariables(
  config: ComposeConfig,
  checkout: Checkout,
): Promise<readonly string[]> {
  const variables = await readVariables(config, checkout)
  return steering.flatMap(({ name, section }) => {
    const value = process.env[name]
    if (value === undefined || value === '' || value === variables[name]) return []
    const orDotenv = name === 'COMPOSE_ENV_FILES' ? '' : `, or ${name} in .env`
    return [
      `! Ignored ${name}=${value} of the shell; to use it in every environment, set ${section} in .piko.yml${orDotenv}`,
    ]
  })
}
