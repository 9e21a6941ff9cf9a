import { isSwap } from '@piko/sdk'
import { distance } from 'fastest-levenshtein'

/** The known name closest to a mistyped word, if one is close enough. */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  const near = known
    .map(candidate => ({ candidate, far: mistakes(word, candidate) }))
    .filter(({ candidate, far }) => far <= allowed(word, candidate))
  return near.sort((one, other) => one.far - other.far)[0]?.candidate
}

function allowed(word: string, candidate: string): number {
  return Math.max(1, Math.floor(Math.max(word.length, candidate.length) * 0.4))
}

function mistakes(word: string, other: string): number {
  return isSwap(word, other) ? 1 : distance(word, other)
}
