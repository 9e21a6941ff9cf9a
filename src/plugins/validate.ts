import { isFields, list, notFunctions, when } from './fields.js'
import { isPhase, stepProblems, duplicatesIn } from './validate-step.js'

/** Everything that is wrong with a definition. Empty if it is valid. */
export function problemsOf(definition: unknown, name: string): readonly string[] {
  if (!isFields(definition)) return ['the module has no definition as its default export']
  return [
    ...when(definition['name'] !== name, `its name is ${String(definition['name'])}, its package's ${name}`),
    ...when(typeof definition['summary'] !== 'string', '`summary` is not a text'),
    ...notFunctions(definition, ['detect', 'refersTo', 'names', 'propose']).map(
      key => `\`${key}\` is not a function`,
    ),
    ...contributionProblems(definition['contributes']),
    ...accessProblems(definition['access']),
    ...configProblems(definition['config']),
    ...list(definition, 'requires').flatMap(value =>
      when(typeof value !== 'string', '`requires` holds no names'),
    ),
    ...list(definition, 'steps').flatMap(step => stepProblems(step, { name, inPhase: true })),
    ...duplicatesIn(list(definition, 'steps')).map(id => `two steps have the id ${id}`),
    ...list(definition, 'runs').flatMap(run => runProblems(run, name)),
    ...list(definition, 'checks').flatMap(check => checkProblems(check, name)),
    ...list(definition, 'migrations').flatMap(migrationProblems),
    ...list(definition, 'tools').flatMap(toolProblems),
    ...['requires', 'steps', 'runs', 'checks', 'migrations', 'tools'].flatMap(key =>
      when(definition[key] !== undefined && !Array.isArray(definition[key]), `\`${key}\` is not a list`),
    ),
    ...Object.keys(definition).flatMap(key =>
      when(!known.has(key), `\`${key}\` is not part of a definition`),
    ),
    ...when(
      ![undefined, true, false].includes(definition['companion'] as boolean),
      '`companion` is not true or false',
    ),
    ...when(
      ![undefined, 'essential', 'optional'].includes(definition['role'] as string),
      '`role` is not essential or optional',
    ),
  ]
}

const known: ReadonlySet<string> = new Set([
  'name', 'summary', 'companion', 'role', 'refersTo', 'names', 'propose', 'access', 'config', 'requires', 'tools', 'detect', 'contributes', 'steps', 'runs', 'checks', 'migrations',
]) // prettier-ignore

function configProblems(config: unknown): readonly string[] {
  if (config === undefined) return []
  if (!isFields(config)) return ['`config` is not an object']
  const schema = config['schema']
  const standard: unknown =
    (typeof schema === 'object' && schema !== null) || typeof schema === 'function'
      ? Reflect.get(schema, '~standard')
      : undefined
  return [
    ...when(standard === undefined, '`config.schema` is not a Standard Schema'),
    ...when(typeof config['jsonSchema'] !== 'function', '`config.jsonSchema` is not a function'),
  ]
}

function contributionProblems(contributes: unknown): readonly string[] {
  if (contributes === undefined) return []
  if (!isFields(contributes)) return ['`contributes` is not an object']
  const fills = contributes['fills']
  return [
    ...notFunctions(contributes, contributing).map(key => `\`contributes.${key}\` is not a function`),
    ...when(fills !== undefined && !Array.isArray(fills), '`contributes.fills` is not a list'),
    ...when(!list(contributes, 'fills').every(isFill), '`contributes.fills` holds what `fill` has not made'),
  ]
}

function accessProblems(access: unknown): readonly string[] {
  if (access === undefined) return []
  if (!isFields(access)) return ['`access` is not an object']
  return ['ofReading', 'ofMain', 'of'].flatMap(key =>
    when(typeof access[key] !== 'function', `\`access.${key}\` is not a function`),
  )
}

const contributing = [
  'variables',
  'columns',
  'targets',
  'services',
  'state',
  'sizes',
  'traces',
  'claims',
  'recalls',
]

function isFill(fill: unknown): boolean {
  return isFields(fill) && isFields(fill['slot']) && typeof fill['with'] === 'function'
}

function runProblems(run: unknown, name: string): readonly string[] {
  const ref = isFields(run) ? run['ref'] : undefined
  if (!isFields(run) || !isFields(ref)) return ['a run has no `ref`']
  const id = String(ref['id'])
  return [
    ...when(!id.startsWith(`${name}.`), `the run ${id} is not named ${name}.…`),
    ...when(
      !['project', 'machine', 'stage'].includes(String(ref['subject'])),
      `the run ${id} has no subject`,
    ),
    ...list(run, 'steps').flatMap(step => stepProblems(step, { name, inPhase: false })),
  ]
}

function checkProblems(check: unknown, name: string): readonly string[] {
  if (!isFields(check)) return ['a check is not an object']
  const id = String(check['id'])
  return [
    ...when(!id.startsWith(`${name}:`), `the check ${id} is not named ${name}:…`),
    ...when(typeof check['run'] !== 'function', `the check ${id} has no \`run\``),
    ...when(
      check['gate'] !== undefined && !isPhase(check['gate']),
      `the check ${id} gates a phase that does not exist`,
    ),
  ]
}

function migrationProblems(migration: unknown, index: number): readonly string[] {
  const id = isFields(migration) ? String(migration['id']) : ''
  return [
    ...when(!new RegExp(`^${index + 1}-.`).test(id), `the migration ${id} is not named ${index + 1}-…`),
    ...when(!isFields(migration) || typeof migration['sql'] !== 'string', `the migration ${id} has no SQL`),
  ]
}

function toolProblems(tool: unknown): readonly string[] {
  if (!isFields(tool) || !Array.isArray(tool['command'])) return ['a tool has no command']
  const [name, installedAt] = [String(tool['name']), tool['installedAt']]
  return [
    ...when(typeof tool['version'] !== 'string', `the tool ${name} has no version range`),
    ...when(
      installedAt !== undefined && typeof installedAt !== 'function',
      `\`installedAt\` of the tool ${name} is not a function`,
    ),
  ]
}
