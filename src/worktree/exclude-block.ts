/**
 * Piko's lines in one of the user's files: a block at its end, or where it was first added. Removing the block restores
 * every byte: its first line records what preceded it.
 */
const begin = '# piko: removed with the last environment'
const fronts = { line: begin, rest: `${begin}, with the line end above`, nothing: `${begin}, with this file` }
const end = '# piko: end'
const block = new RegExp(`^${begin}(, with the line end above|, with this file)?\\n([^]*?)^${end}\\n`, 'm')

/**
 * The text with these lines added. `undefined` is a missing file. Lines that are already anywhere in the text are not
 * added again.
 */
export function withLines(text: string | undefined, lines: readonly string[]): string {
  const present = new Set((text ?? '').split(/\r?\n/))
  const missing = [...new Set(lines)].filter(line => !present.has(line))
  if (missing.length === 0) return text ?? ''
  const added = missing.map(line => `${line}\n`).join('')
  if (text !== undefined && block.test(text)) return text.replace(`${end}\n`, () => `${added}${end}\n`)
  if (text === undefined) return `${fronts.nothing}\n${added}${end}\n`
  if (text === '' || text.endsWith('\n')) return `${text}${fronts.line}\n${added}${end}\n`
  return `${text}\n${fronts.rest}\n${added}${end}\n`
}

/**
 * The text without piko's lines, as it was before. `undefined` if piko created the file and nothing else is in it.
 */
export function withoutLines(text: string): string | undefined {
  const found = block.exec(text)
  if (!found) return text
  const [whole, front] = found
  const above = text.slice(0, found.index)
  const below = text.slice(found.index + whole.length)
  const cut = front === ', with the line end above' && below === '' ? above.replace(/\n$/, '') : above
  const rest = cut + below
  return front === ', with this file' && rest === '' ? undefined : rest
}
