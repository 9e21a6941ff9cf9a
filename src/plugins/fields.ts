/** An object that has not been validated yet. */
export type Fields = Readonly<Record<string, unknown>>

export function list(fields: Fields, key: string): readonly unknown[] {
  const value = fields[key]
  return Array.isArray(value) ? value : []
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

export function when(wrong: boolean, problem: string): readonly string[] {
  return wrong ? [problem] : []
}

export function notFunctions(fields: Fields, keys: readonly string[]): readonly string[] {
  return keys.filter(key => fields[key] !== undefined && typeof fields[key] !== 'function')
}
