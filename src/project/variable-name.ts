/** What a shell accepts as the name of a variable. Anything else could be read as a command. */
function isVariableName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
}

/** Without the variables that have no valid name. */
export function validVariables(
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => isVariableName(name)))
}
