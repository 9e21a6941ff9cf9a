/** How `piko env` prints variables. */
export type VariableFormat = 'dotenv' | 'shell' | 'fish'

export const variableFormats: readonly VariableFormat[] = ['dotenv', 'shell', 'fish']

/** One line a variable; `shell` and `fish` are safe to `eval`, whatever the values hold. */
export function variableLines(
  variables: Readonly<Record<string, string>>,
  format: VariableFormat,
): readonly string[] {
  return Object.entries(variables).map(([name, value]) => writers[format](name, value))
}

const writers: Readonly<Record<VariableFormat, (name: string, value: string) => string>> = {
  dotenv: (name, value) => `${name}=${dotenvValue(value)}`,
  shell: (name, value) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
  fish: (name, value) => `set -gx ${name} '${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}';`,
}

/** Bare where nothing in it means anything to a reader; else in single quotes, or in double ones where those stand in it. */
function dotenvValue(value: string): string {
  if (/^[\w./:@%+,=-]*$/.test(value)) return value
  if (!value.includes("'")) return `'${value}'`
  return `"${value.replaceAll(/["\\$`]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`)}"`
}
