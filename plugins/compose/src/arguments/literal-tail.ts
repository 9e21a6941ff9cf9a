/**
 * Puts `--` where the user's own command begins, so that its flags are not taken for piko's: behind the first words,
 * since a command's name comes before its flags.
 */
export function literalTail(
  argv: readonly string[],
  { words, valued }: { readonly words: number; readonly valued: readonly string[] },
): string[] {
  let seen = 0
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ''
    if (word === '--') return [...argv]
    if (valued.includes(word)) at++
    else if (!word.startsWith('-')) seen++
    if (seen === words && argv[at + 1] === '--') return [...argv]
    if (seen === words && argv[at + 1] !== '--')
      return [...argv.slice(0, at + 1), '--', ...argv.slice(at + 1)]
  }
  return [...argv]
}
