const password = /(\/\/[^/@\s:]*:)[^/@\s]+@/g

/** A URL with a password: `postgres://shop:secret@localhost:5432`. It may come from `.env`, and belongs into no output. */
export function hasPassword(text: string): boolean {
  return text.search(password) >= 0
}

export function masked(text: string): string {
  return text.replaceAll(password, '$1***@')
}
