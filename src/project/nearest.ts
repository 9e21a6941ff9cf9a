import { isSwap } from '@piko/sdk'
import { distance } from 'fastest-levenshtein'

/** The known word that was probably meant: at most two letters in five differ. */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  const near = known
    .map(candidate => ({ candidate, far: mistakes(folded(word), folded(candidate)) }))
    .filter(({ candidate, far }) => far <= allowedDistance(word, candidate))
  return near.sort((one, other) => one.far - other.far)[0]?.candidate
}

/** The hint for an unknown word: the nearest known one, else all of them. */
export function nearestText(word: string, known: readonly string[]): string {
  const nearest = findNearest(word, known)
  if (nearest !== undefined) return `the nearest is \`${nearest}\``
  if (known.length === 0) return 'none is known'
  return `known are ${known.map(name => `\`${name}\``).join(', ')}`
}

function allowedDistance(word: string, candidate: string): number {
  const longer = Math.max(word.length, candidate.length)
  return longer < 3 ? 0 : Math.max(1, Math.floor(longer * 0.4))
}

function folded(word: string): string {
  return word.toLowerCase().replaceAll(/[-_]/g, '')
}

function mistakes(word: string, other: string): number {
  return isSwap(word, other) ? 1 : distance(word, other)
}
