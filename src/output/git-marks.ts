import type { Position } from '../worktree/read-position.js'

/**
 * `↑2 ↓1 *3`: commits ahead and behind, and uncommitted files. Empty for a clean checkout that is neither ahead nor
 * behind.
 */
export function gitMarks({ ahead, behind, uncommitted }: Position): string {
  const marks = [ahead ? `↑${ahead}` : '', behind ? `↓${behind}` : '', uncommitted ? `*${uncommitted}` : '']
  return marks.filter(mark => mark !== '').join(' ')
}

/** `2 ahead of and 1 behind origin/main`. Undefined if there is nothing to compare with. */
export function comparisonText({ ahead, behind, comparedWith }: Position): string | undefined {
  if (comparedWith === null || ahead === null || behind === null) return undefined
  if (ahead === 0 && behind === 0) return `even with ${comparedWith}`
  if (behind === 0) return `${ahead} ahead of ${comparedWith}`
  if (ahead === 0) return `${behind} behind ${comparedWith}`
  return `${ahead} ahead of and ${behind} behind ${comparedWith}`
}
