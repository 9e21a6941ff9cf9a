const lines: string[] = []

/** Keeps a line until it is certain that the quick command needs no oclif, which would print it again. */
export function sayLater(line: string): void {
  lines.push(`${line}\n`)
}

/** Prints what was kept. */
export function sayNow(): void {
  if (lines.length > 0) process.stderr.write(lines.splice(0).join(''))
}
