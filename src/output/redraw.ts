/** Lines on a terminal that are drawn again and again, each time over the last ones. */
export interface Drawing {
  draw(lines: readonly string[]): void
  /** Draws for good. */
  end(lines: readonly string[]): void
}

/** `drawn`: how many lines are on the screen already. What is taller than the screen is only drawn in the end. */
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

/** Whether lines can be drawn over later: what has been scrolled away cannot. */
export function fits(stream: NodeJS.WriteStream, lines: readonly string[]): boolean {
  return lines.length < (stream.rows || 24)
}
