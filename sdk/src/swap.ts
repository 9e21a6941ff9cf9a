/** Whether two words differ only by two swapped neighbouring letters, which counts as one mistake. */
export function isSwap(word: string, other: string): boolean {
  const at = [...word].findIndex((letter, index) => letter !== other[index])
  if (at < 0 || word.length !== other.length) return false
  return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2) === other
}
