import type { Warning } from './errors.js'

/** Formats warnings with their hints. Consecutive warnings with the same hints show them once. */
export function warningLines(warnings: readonly Warning[]): readonly string[] {
  return warnings.flatMap(({ message, hints = [] }, index) => {
    const next = warnings[index + 1]?.hints ?? []
    const isShared = hints.length > 0 && JSON.stringify(hints) === JSON.stringify(next)
    return [`! ${message}`, ...(isShared ? [] : hints.map(hint => `  ↳ ${hint}`))]
  })
}
