import fc from 'fast-check'

/** Words with a meaning for piko, oclif or a shell, wherever they appear. */
const loaded = [
  '',
  '-',
  '--',
  '-h',
  '--help',
  '--json',
  '--version',
  '--env',
  '--env=rep',
  '-u',
  '--user',
  '-w',
  'rep',
  'other',
  'web',
  'exec',
  'a',
  'b',
  '$HOME',
  'two words',
  'a\nb',
]

const word = fc
  .oneof(fc.constantFrom(...loaded), fc.string({ unit: 'grapheme', maxLength: 8 }))
  .filter(isPassable)

/** Arguments that a program may get: repeated words, empty ones, and words known to piko. */
export const programWords = fc.array(word, { maxLength: 12 })

/** Many at once, for when each call is slow. */
export const manyWords = fc.array(word, { minLength: 20, maxLength: 60 })

/** A program argument cannot contain a NUL. */
function isPassable(word: string): boolean {
  return !word.includes('\0')
}
