import { failure, type Failure } from '@piko/sdk'
import { nearestText } from './nearest.js'
import { installHint } from './package-name.js'

export interface PlacedProblem {
  readonly line: number
  readonly column: number
  /** Empty where the problem is the file's own: a syntax error. */
  readonly path: string
  readonly message: string
}

export function configInvalid(
  file: string,
  { problems, absent = [] }: { problems: readonly PlacedProblem[]; absent?: readonly string[] },
): Failure {
  const inOrder = [...problems].sort((one, other) => one.line - other.line || one.column - other.column)
  const lines = inOrder.map(problem => {
    const what = problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`
    return `${file}:${problem.line}:${problem.column}  ${what}`
  })
  const details = [...new Set(lines)]
  return failure({
    code: 'CONFIG_INVALID',
    message: `${file} has ${details.length === 1 ? 'a problem' : `${details.length} problems`}`,
    details,
    hints: [
      'To see every key and what it means, run `piko config schema`',
      ...(absent.length > 0 ? [installHint(absent)] : []),
    ],
    kind: 'state',
  })
}

export function configAmbiguous(root: string, files: readonly string[]): Failure {
  return failure({
    code: 'CONFIG_AMBIGUOUS',
    message: `${files.join(' and ')} are both in ${root}, and only one can count`,
    hints: [`To keep ${files[0]}, remove the other: \`rm ${files.slice(1).join(' ')}\``],
    kind: 'state',
  })
}

export function configUnreadable(path: string, cause: unknown): Failure {
  return failure({
    code: 'CONFIG_UNREADABLE',
    message: `${path} cannot be read`,
    hints: [`To see what is there, run \`ls -ld ${path}\``],
    kind: 'state',
    cause,
  })
}

/** A plugin's schema threw instead of answering: the plugin is at fault, not the file. */
export function configSchemaBroken(owner: string, cause: unknown): Failure {
  return failure({
    code: 'CONFIG_SCHEMA_BROKEN',
    message: `The configuration schema of the plugin \`${owner}\` fails instead of checking its section`,
    kind: 'plugin',
    cause,
  })
}

export function placeholderUnknown(
  placeholder: string,
  place: { readonly key: string; readonly known: readonly string[] },
): Failure {
  const [, kind, service] = /^(url|port)\.([^.]+)/.exec(placeholder) ?? []
  const why = service === undefined ? '' : `: no service ${service} of the environment publishes that port`
  const publish = `To give ${service ?? ''} a ${kind ?? ''}, publish its port under \`ports:\` in the Compose file`
  return failure({
    code: 'CONFIG_PLACEHOLDER_UNKNOWN',
    message: `${place.key} has the unknown placeholder \`\${${placeholder}}\`${why}; ${nearestText(placeholder, place.known)}`,
    hints: ['To write a literal `$` before `{`, write `$$`', ...(service === undefined ? [] : [publish])],
    kind: 'state',
  })
}

export function placeholderUnclosed(key: string, rest: string): Failure {
  return failure({
    code: 'CONFIG_PLACEHOLDER_UNCLOSED',
    message: `${key} has a placeholder without its \`}\`: \`${rest}\``,
    hints: ['To write a literal `$` before `{`, write `$$`'],
    kind: 'state',
  })
}

export function envBlockDamaged(
  file: string,
  facts: { readonly line: number; readonly what: string },
): Failure {
  return failure({
    code: 'ENV_BLOCK_DAMAGED',
    message: `The part of ${file} that piko manages is damaged: ${facts.what}, in line ${facts.line}`,
    details: ['Nothing was changed'],
    hints: [`To have it rewritten, remove the lines from \`# >>> piko\` to \`# <<< piko\` from ${file}`],
    kind: 'state',
  })
}

export function envValueUnfit(name: string, facts: { readonly file: string; readonly why: string }): Failure {
  return failure({
    code: 'ENV_VALUE_UNFIT',
    message: `The variable ${name} cannot be written to ${facts.file}: ${facts.why}`,
    details: ['Nothing was changed'],
    kind: 'state',
  })
}

export function nameInvalid(
  name: string,
  facts: { readonly fault: string; readonly valid: string },
): Failure {
  return failure({
    code: 'NAME_INVALID',
    message: `\`${shown(name)}\` is not a valid environment name: ${facts.fault}`,
    hints: [`To use a similar name, run \`piko create ${facts.valid}\``],
    kind: 'usage',
  })
}

export function nameReserved(
  name: string,
  facts: { readonly slug: string; readonly valid: string },
): Failure {
  return failure({
    code: 'NAME_RESERVED',
    message: `\`${shown(name)}\` cannot name an environment: piko keeps \`${facts.slug}\` for itself`,
    hints: [`To use a similar name, run \`piko create ${facts.valid}\``],
    kind: 'usage',
  })
}

/** A name that may be anything at all, fit for one line of a terminal. */
function shown(name: string): string {
  const plain = name.replaceAll(/[\p{Control}\p{Format}\p{Surrogate}]/gu, '?')
  return plain.length <= 60 ? plain : `${plain.slice(0, 57)}…`
}
