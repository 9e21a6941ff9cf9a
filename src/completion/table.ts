/** What a shell has to know of a command to complete its line. */
export interface CompletedCommand {
  /** As it is typed: "config check". */
  readonly words: string
  readonly flags: readonly string[]
  /** What its first word is. */
  readonly takes: 'environment' | 'branch' | 'nothing'
  /** Whether the words behind an environment are its services. */
  readonly takesServices: boolean
}

/** What piko asks of oclif's commands for it. */
export interface LoadedCommand {
  readonly id: string
  readonly hidden?: boolean
  readonly flags: Readonly<Record<string, { readonly hidden?: boolean | undefined }>>
}

export function completionTable(commands: Iterable<LoadedCommand>): readonly CompletedCommand[] {
  return [...commands]
    .filter(({ hidden }) => !hidden)
    .map(command => ({
      words: command.id.replaceAll(':', ' '),
      flags: flagsOf(command),
      ...wordsOf(command),
    }))
    .sort((a, b) => (a.words < b.words ? -1 : 1))
}

/** What can follow some words, by them: the empty text has the first words of all commands. */
export function nextWords(table: readonly CompletedCommand[]): ReadonlyMap<string, readonly string[]> {
  const next = new Map<string, Set<string>>()
  for (const { words } of table) {
    const parts = words.split(' ')
    parts.forEach((word, index) => {
      const before = parts.slice(0, index).join(' ')
      next.set(before, (next.get(before) ?? new Set()).add(word))
    })
  }
  return new Map([...next].map(([before, words]) => [before, [...words].sort()]))
}

function flagsOf({ flags }: LoadedCommand): readonly string[] {
  const names = Object.entries(flags).filter(([, flag]) => !flag.hidden)
  return [...new Set([...names.map(([name]) => name), 'json', 'help'])].sort().map(name => `--${name}`)
}

/** oclif's manifest keeps what a command class declares for piko. */
function wordsOf(command: LoadedCommand): Pick<CompletedCommand, 'takes' | 'takesServices'> {
  const completes: unknown = Reflect.get(command, 'completes')
  const words: readonly unknown[] = Array.isArray(completes) ? completes : []
  const [first] = words
  const takes = first === 'branch' || first === 'environment' ? first : 'nothing'
  return { takes, takesServices: words.includes('service') }
}
