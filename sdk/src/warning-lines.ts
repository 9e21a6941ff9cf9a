import type { Warning } from './errors.js'

/** Warnings for people, each with its ways forward; of neighbours that share theirs, the last one shows them. */
export function warningLines(warnings: readonly Warning[]): readonly string[] {
  return warnings.flatMap(({ message, hints = [] }, index) => {
    const next = warnings[index + 1]?.hints ?? []
    const isShared = hints.length > 0 && JSON.stringify(hints) === JSON.stringify(next)
    return [`! ${message}`, ...(isShared ? [] : hints.map(hint => `  ↳ ${hint}`))]
  })
}
