import { projectErrors } from '../errors/project.js'

/**
 * A user's dotenv file with a block of piko's lines. Every other byte belongs to the user: adding the block and
 * removing it restores the file exactly.
 */
export interface EnvFile {
  /** As the user knows it. Used in errors. */
  readonly path: string
  readonly text: string
}

const open = '# >>> piko'
/** Marks that the newline before the block is piko's, because the file did not end with one. */
const openAfterLineEnd = `${open} (with the line end before it)`
const close = '# <<< piko'

/**
 * The text with the variables in a block at its end, replacing any previous block. Without variables, removes the
 * block.
 */
export function withManagedBlock(file: EnvFile, variables: Readonly<Record<string, string>>): string {
  const own = withoutManagedBlock(file)
  const lines = Object.entries(variables).map(
    ([name, value]) => `${name}=${quoted(name, { value, file: file.path })}`,
  )
  if (lines.length === 0) return own
  const ended = own === '' || own.endsWith('\n')
  return own + (ended ? [open] : ['', openAfterLineEnd]).concat(lines, close, '').join('\n')
}

/** The text without the block. Throws `ENV_BLOCK_DAMAGED` if the block's start and end do not match. */
export function withoutManagedBlock({ path, text }: EnvFile): string {
  const lines = text.split(/(?<=\n)/)
  const range = blockRange(
    path,
    lines.map(line => line.trimEnd()),
  )
  if (range === undefined) return text
  const before = lines.slice(0, range.open).join('')
  const marker = lines[range.open] ?? ''
  const after = lines.slice(range.close + 1).join('')
  // If text was added after the block, it needs the newline before it.
  const isOwnLineEnd = marker.startsWith(openAfterLineEnd) && after === ''
  return (isOwnLineEnd ? withoutLineEnd(before, marker) : before) + after
}

/** A carriage return belongs to piko's newline only if an editor converted piko's other lines too. */
function withoutLineEnd(text: string, marker: string): string {
  return text.replace(marker.endsWith('\r\n') ? /\r?\n$/ : /\n$/, '')
}

function blockRange(path: string, lines: readonly string[]): { open: number; close: number } | undefined {
  const opens = indexes(lines, line => line === open || line === openAfterLineEnd)
  const closes = indexes(lines, line => line === close)
  const damaged = (index: number, what: string) =>
    projectErrors.ENV_BLOCK_DAMAGED({ file: path, line: index + 1, what })
  const [first, second] = opens
  const [end, secondEnd] = closes
  if (first === undefined && end === undefined) return undefined
  if (first === undefined || (end !== undefined && end < first))
    throw damaged(end ?? 0, `\`${close}\` has no start`)
  if (end === undefined) throw damaged(first, `\`${open}\` has no end`)
  if (second !== undefined) throw damaged(second, `\`${open}\` occurs again`)
  if (secondEnd !== undefined) throw damaged(secondEnd, `\`${close}\` occurs again`)
  return { open: first, close: end }
}

function indexes(lines: readonly string[], wanted: (line: string) => boolean): number[] {
  return lines.flatMap((line, index) => (wanted(line) ? [index] : []))
}

/**
 * Ways to quote a value; the first that fits is used. Compose expands `$` and `\` in double quotes, and `$` without
 * quotes. dotenv treats `\` before a quote as an escape when it looks for the closing quote, but never removes it. Both
 * cut an unquoted value at `#`. Checked against Compose 2.40.3 and dotenv 17.
 */
const ways: readonly { readonly fits: RegExp; write(value: string): string }[] = [
  { fits: /^[\w./:@,+-]+$/, write: value => value },
  { fits: /^(?:[^'\\]|\\(?!$))*$/, write: value => `'${value}'` },
  { fits: /^[^"$\\]*$/, write: value => `"${value}"` },
  { fits: /^(?![\s'"`])[^$#]+(?<!\s)$/, write: value => value },
]

function quoted(name: string, { value, file }: { readonly value: string; readonly file: string }): string {
  if (!/^[A-Za-z_]\w*$/.test(name))
    throw projectErrors.ENV_VALUE_UNFIT({
      name: JSON.stringify(name),
      file,
      why: 'that is not a valid variable name',
    })
  if (/(?!\t)[\p{Cc}\u2028\u2029]/u.test(value)) {
    throw projectErrors.ENV_VALUE_UNFIT({
      name,
      file,
      why: 'its value has a line end or another control character',
    })
  }
  const way = ways.find(({ fits }) => fits.test(value))
  if (way) return way.write(value)
  throw projectErrors.ENV_VALUE_UNFIT({
    name,
    file,
    why: 'Compose and dotenv would read its quotes, `$`, `#` and `\\` differently',
  })
}
