/** The part of a flag's definition that determines how many words it takes. */
interface FlagShape {
  readonly type: 'boolean' | 'option'
  readonly char?: string | undefined
  readonly aliases?: readonly string[]
  readonly charAliases?: readonly string[]
  readonly allowNo?: boolean
}

/** How a command that passes words to a program finds its own. */
export interface PassThrough {
  /** How many words are the command's own, besides the name of an environment. */
  readonly ownWords: number
  readonly flags: Readonly<Record<string, FlagShape>>
  /** Whether the first word is the environment's name. `asked`: the value of `--env`. */
  namesEnvironment(word: string, asked: string | undefined): Promise<boolean>
}

/**
 * Puts `--` before the first word that belongs to the program, unless it already exists. The program's words are
 * never interpreted: neither its flags nor words that happen to be the name of an environment.
 */
export async function markTail(
  argv: readonly string[],
  command: PassThrough,
  asked?: string,
): Promise<string[]> {
  let left = command.ownWords
  let isFirst = true
  for (let at = 0; at < argv.length;) {
    const word = argv[at] ?? ''
    if (word === '--') return [...argv]
    const flag = readFlag(word, { next: argv[at + 1], flags: command.flags })
    if (flag?.name === 'env' && asked === undefined) return markTail(argv, command, flag.value ?? '')
    if (flag) at += flag.words
    else if (word.startsWith('-') && word !== '-') return markedAt(argv, at)
    else {
      const isName: boolean = isFirst && (await command.namesEnvironment(word, asked))
      isFirst = false
      if (!isName && left-- === 0) return markedAt(argv, at)
      at++
    }
  }
  return [...argv]
}

function markedAt(argv: readonly string[], at: number): string[] {
  return [...argv.slice(0, at), '--', ...argv.slice(at)]
}

interface GivenFlag {
  readonly name: string
  readonly value: string | undefined
  /** The number of words it takes. */
  readonly words: 1 | 2
}

/** The flag that a word stands for, as oclif's parser reads it. Undefined for any other word. */
function readFlag(
  word: string,
  { next, flags }: { readonly next: string | undefined; readonly flags: PassThrough['flags'] },
): GivenFlag | undefined {
  if (word === '--help' || word === '-h') return { name: 'help', value: undefined, words: 1 }
  const [, long, longValue] = /^--([^=]+)(?:=([^]*))?$/.exec(word) ?? []
  const [, short, shortValue] = /^-([^-])=?([^]+)?$/.exec(word) ?? []
  const found = Object.entries(flags).find(([name, flag]) =>
    long === undefined ? charsOf(flag).includes(short ?? '') : namesOf(name, flag).includes(long),
  )
  if (!found) return undefined
  const [name, { type }] = found
  const value = longValue ?? shortValue
  if (type === 'boolean') return { name, value: undefined, words: 1 }
  return value === undefined ? { name, value: next, words: 2 } : { name, value, words: 1 }
}

function namesOf(name: string, { aliases = [], allowNo }: FlagShape): readonly string[] {
  const names = [name, ...aliases]
  return allowNo === true ? [...names, ...names.map(known => `no-${known}`)] : names
}

function charsOf({ char, charAliases = [] }: FlagShape): readonly string[] {
  return char === undefined ? charAliases : [char, ...charAliases]
}
