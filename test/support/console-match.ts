/** The values of a page's varying words in this run. A word is bound where it first appears. */
export type Bindings = Map<string, string>

/**
 * Compares output with a page. A line `…` matches any lines, `<path>` anything within a line, and a varying word its
 * bound value. Column widths are ignored. Returns whether it matches, and binds words if so.
 */
export function matchOutput(
  actual: readonly string[],
  expected: readonly string[],
  { varying, bindings }: { readonly varying: readonly string[]; readonly bindings: Bindings },
): boolean {
  const unbound = varying.filter(word => !bindings.has(word))
  const seen = new Set<string>()
  const sources = expected.map(line => {
    if (line === '…') return '(?:.*\\n)*?'
    return `${lineSource(withBindings(line, bindings), { unbound, seen })}\\n`
  })
  const text = actual.map(line => `${squeeze(line)}\n`).join('')
  const match = new RegExp(`^${sources.join('')}$`).exec(text)
  for (const word of seen) {
    const value = match?.groups?.[groupOf(word, varying)]
    if (value !== undefined) bindings.set(word, value)
  }
  return match !== null

  function lineSource(
    line: string,
    words: { readonly unbound: readonly string[]; readonly seen: Set<string> },
  ) {
    const parts = squeeze(line).split(partsOf(words.unbound))
    return parts.map(part => partSource(part, words)).join('')
  }

  function partSource(
    part: string,
    words: { readonly unbound: readonly string[]; readonly seen: Set<string> },
  ) {
    if (/^<[^<>]+>$/.test(part)) return '.+'
    if (!words.unbound.includes(part)) return escaped(part)
    const group = groupOf(part, varying)
    if (words.seen.has(part)) return `\\k<${group}>`
    words.seen.add(part)
    return `(?<${group}>[\\w.-]+)`
  }
}

/** A command or a line of output with bound words replaced. */
export function withBindings(text: string, bindings: Bindings): string {
  return [...bindings].reduce((result, [word, value]) => result.replaceAll(wholeWord(word), value), text)
}

function partsOf(words: readonly string[]): RegExp {
  return new RegExp(`(<[^<>]+>${words.map(word => `|\\b${escaped(word)}\\b`).join('')})`)
}

function wholeWord(word: string): RegExp {
  return new RegExp(`\\b${escaped(word)}\\b`, 'g')
}

function groupOf(word: string, varying: readonly string[]): string {
  return `word${varying.indexOf(word)}`
}

function squeeze(line: string): string {
  return line.replaceAll(/ {2,}/g, ' ').trimEnd()
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}
