import { type Environment, variableWord } from '@piko/sdk'
import { hasAll, interpolate, placeholdersIn } from '../project/interpolate.js'

export interface Derived {
  readonly variables: Readonly<Record<string, string>>
  /** Variables of services that the environment does not run itself. */
  readonly skipped: readonly { readonly name: string; readonly service: string }[]
}

/** The values of `env:` in `.piko.yml` for one environment. Throws on an unknown placeholder. */
export function deriveVariables(
  templates: Readonly<Record<string, string>>,
  { environment, skippedServices }: { environment: Environment; skippedServices: readonly string[] },
): Derived {
  const values = placeholders(environment)
  const skipped: { name: string; service: string }[] = []
  const variables: Record<string, string> = {}
  for (const [name, text] of Object.entries(templates)) {
    const unknown = placeholdersIn(text).filter(placeholder => !Object.hasOwn(values, placeholder))
    const service = skippedServices.find(one => unknown.some(placeholder => isAbout(placeholder, one)))
    if (service !== undefined) skipped.push({ name, service })
    else variables[name] = interpolate(text, { key: `env.${name}`, values })
  }
  return { variables, skipped }
}

/** The service of `port.api`, `port.api.3000` and `url.api` is api. */
function isAbout(placeholder: string, service: string): boolean {
  return ['port', 'url'].some(kind => `${placeholder}.`.startsWith(`${kind}.${service}.`))
}

/** Those that can be computed so far: `${port.web}` needs the ports. */
export function derivableVariables(
  templates: Readonly<Record<string, string>>,
  environment: Environment,
): Readonly<Record<string, string>> {
  const values = placeholders(environment)
  return Object.fromEntries(
    Object.entries(templates).flatMap(([name, text]) => {
      if (!hasAll(text, values)) return []
      return [[name, interpolate(text, { key: `env.${name}`, values })]]
    }),
  )
}

/** `name`, `branch`, `path`, `host`, `project` (of Compose), and per service `port.web`, `port.web.8080`, `url.web`. */
function placeholders({
  name,
  branch,
  path,
  ports,
  variables,
}: Environment): Readonly<Record<string, string>> {
  const values: Record<string, string> = { name, branch, path, host: variables['PIKO_HOST'] ?? 'localhost' }
  const project = variables['PIKO_PROJECT']
  if (project !== undefined) values['project'] = project
  for (const [key, port] of Object.entries(ports)) {
    const [, service = '', inner = ''] = /^(.*):(\d+)\/\w+$/.exec(key) ?? []
    const url = variables[`PIKO_${variableWord(service)}_URL`] ?? `http://localhost:${port}`
    values[`port.${service}`] ??= String(port)
    values[`port.${service}.${inner}`] ??= String(port)
    values[`url.${service}`] ??= url
  }
  return { ...outsideServices(variables), ...values }
}

/**
 * Placeholders of services outside the environment, derived from their variables: `PIKO_DB_PORT_5432`, `PIKO_DB_URL`.
 */
function outsideServices(variables: Environment['variables']): Readonly<Record<string, string>> {
  const values: Record<string, string> = {}
  for (const [variable, value] of Object.entries(variables)) {
    const [, word, kind = '', inner] = /^PIKO_(.+?)_(PORT|URL)(?:_(\d+))?$/.exec(variable) ?? []
    if (word === undefined) continue
    const service = word.toLowerCase()
    const end = inner === undefined ? '' : `.${inner}`
    for (const name of [service, service.replaceAll('_', '-')])
      values[`${kind.toLowerCase()}.${name}${end}`] = value
  }
  return values
}
