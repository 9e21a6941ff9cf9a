/** Where output goes: a terminal has a width, a pipe has none. */
export interface Terminal {
  /** Width in columns. Undefined if nothing should be cut, as in a pipe. */
  readonly width: number | undefined
  readonly colors: boolean
}

/**
 * Describes the terminal behind a stream. `FORCE_COLOR` overrides `NO_COLOR`, as in Node; a pipe has no colors unless
 * forced.
 */
export function readTerminal(stream: NodeJS.WriteStream): Terminal {
  const { FORCE_COLOR: forced, NO_COLOR: refused, COLUMNS: columns } = process.env
  const width = stream.isTTY ? stream.columns || Number(columns) || 80 : undefined
  if (forced !== undefined) return { width, colors: forced !== '0' && forced !== 'false' }
  return { width, colors: width !== undefined && !refused && process.env['TERM'] !== 'dumb' }
}

const codes = { red: 31, green: 32, yellow: 33, cyan: 36, dim: 2, bold: 1 } as const

export type Color = keyof typeof codes

export function painted(text: string, color: Color): string {
  return text === ''
    ? ''
    : `\u001B[${codes[color]}m${text}\u001B[${color === 'dim' || color === 'bold' ? 22 : 39}m`
}
