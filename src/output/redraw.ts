/** Lines on a terminal that are redrawn in place. */
export interface Drawing {
  draw(lines: readonly string[]): void
  /** Draws for the last time. */
  end(lines: readonly string[]): void
}

/**
 * `drawn` is the number of lines already on the screen. Lines that do not fit on the screen are drawn only at the end.
 */
export function redrawOn(stream: NodeJS.WriteStream, drawn = 0): Drawing {
  let height = drawn
  let last = ''
  const draw = (lines: readonly string[]) => {
    const text = lines.map(line => `${line}\n`).join('')
    if (text === last) return
    last = text
    const up = height > 0 ? `\u001B[${height}A\r\u001B[J` : ''
    stream.write(up + text)
    height = lines.length
  }
  return { draw: lines => fits(stream, lines) && draw(lines), end: draw }
}

/** Whether the lines can be redrawn: lines that have scrolled away cannot. */
export function fits(stream: NodeJS.WriteStream, lines: readonly string[]): boolean {
  return lines.length < (stream.rows || 24)
}
