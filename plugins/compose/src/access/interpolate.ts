/**
 * The value of a Compose text with its variables filled in, as far as piko can tell. Undefined if a part is missing or
 * nested. A result that still holds a `$` came from a variable that Compose would expand further.
 */
export function interpolate(text: string, variables: Readonly<Record<string, string>>): string | undefined {
  let isKnown = true
  const filled = text.replaceAll(pattern, (whole, bare: string | undefined, braced: string | undefined) => {
    if (whole === '$$') return '$'
    const value = bare === undefined ? expand(braced ?? '', variables) : (variables[bare] ?? '')
    if (value === undefined) isKnown = false
    return value ?? ''
  })
  return isKnown ? filled : undefined
}

const pattern = /\$\$|\$([A-Za-z_][A-Za-z0-9_]*)|\$\{([^}]*)\}|\$/g

function expand(inside: string, variables: Readonly<Record<string, string>>): string | undefined {
  const [, name, operator = '', word = ''] =
    /^([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-+?])(.*))?$/s.exec(inside) ?? []
  if (name === undefined || word.includes('$')) return undefined
  const value = variables[name]
  const isSet = value !== undefined && !(operator.startsWith(':') && value === '')
  if (operator.endsWith('+')) return isSet ? word : ''
  if (isSet || operator === '') return value ?? ''
  return operator.endsWith('-') ? word : undefined
}

/** The variables that a text depends on, directly or through another variable's value: `A=1, B=2`. */
export function settingOf(text: string, variables: Readonly<Record<string, string>>): string {
  const names = new Set<string>()
  const add = (inner: string): void => {
    for (const [, name = ''] of inner.matchAll(/\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)) {
      if (names.has(name)) continue
      names.add(name)
      add(variables[name] ?? '')
    }
  }
  add(text)
  return [...names].map(name => `${name}=${variables[name] ?? ''}`).join(', ')
}
