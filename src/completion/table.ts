/** What a shell needs to complete a command. */
export interface CompletedCommand {
  /** The command as typed: "config check". */
  readonly words: string
  readonly flags: readonly string[]
  /** The meaning of its first argument. */
  readonly takes: 'environment' | 'branch' | 'nothing'
  /** Whether the arguments after an environment are its services. */
  readonly takesServices: boolean
}

/** The properties of oclif's commands that completion uses. */
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

/** The words that can follow each prefix. The empty prefix has the first words of all commands. */
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

/** oclif's manifest includes the static properties that a command class declares for piko. */
function wordsOf(command: LoadedCommand): Pick<CompletedCommand, 'takes' | 'takesServices'> {
  const completes: unknown = Reflect.get(command, 'completes')
  const words: readonly unknown[] = Array.isArray(completes) ? completes : []
  const [first] = words
  const takes = first === 'branch' || first === 'environment' ? first : 'nothing'
  return { takes, takesServices: words.includes('service') }
}
