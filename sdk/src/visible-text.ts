/**
 * The text with its control characters written out (`\x1b`, `\u202e`), except line ends and tabs. Names of files,
 * branches or mounts may contain some, and a terminal would obey them: move the cursor, hide or reorder text.
 */
export function visibleText(text: string): string {
  return text.replaceAll(control, character => {
    const code = character.charCodeAt(0).toString(16)
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`
  })
}

/** The same for a line that piko itself may have colored. */
export function visibleLine(line: string): string {
  return line
    .split(ownColor)
    .map((part, at) => (at % 2 === 0 ? visibleText(part) : part))
    .join('')
}

/** Control characters, and those that change the direction of text or end a line. */
const control = /(?![\n\t])[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu

const escape = '\u001B'

/** The codes of `painted`. */
const ownColor = new RegExp(`(${escape}\\[(?:1|2|22|31|32|33|36|39)m)`)
