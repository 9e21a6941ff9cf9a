import fc from 'fast-check'

/** Words that mean something to piko, to oclif or to a shell, wherever they stand. */
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

/** What somebody may call a program with: repeated words, empty ones, and those that piko knows elsewhere. */
export const programWords = fc.array(word, { maxLength: 12 })

/** Many at once, where each call takes long. */
export const manyWords = fc.array(word, { minLength: 20, maxLength: 60 })

/** No program can be given a NUL. */
function isPassable(word: string): boolean {
  return !word.includes('\0')
}
