import { validVariables } from '../project/variable-name.js'

/** An output format of `piko env`. */
export type VariableFormat = 'dotenv' | 'shell' | 'fish'

export const variableFormats: readonly VariableFormat[] = ['dotenv', 'shell', 'fish']

/** One variable per line. `shell` and `fish` output is safe to `eval`, whatever the values contain. */
export function variableLines(
  variables: Readonly<Record<string, string>>,
  format: VariableFormat,
): readonly string[] {
  return Object.entries(validVariables(variables)).map(([name, value]) => writers[format](name, value))
}

const writers: Readonly<Record<VariableFormat, (name: string, value: string) => string>> = {
  dotenv: (name, value) => `${name}=${dotenvValue(value)}`,
  shell: (name, value) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
  fish: (name, value) => `set -gx ${name} '${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}';`,
}

/**
 * Unquoted if no reader treats any of its characters specially. Otherwise in single quotes, or in double quotes if it
 * contains single ones.
 */
function dotenvValue(value: string): string {
  if (/^[\w./:@%+,=-]*$/.test(value)) return value
  if (!value.includes("'")) return `'${value}'`
  return `"${value.replaceAll(/["\\$`]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`)}"`
}
