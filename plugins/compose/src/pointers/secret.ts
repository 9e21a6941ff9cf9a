const password = /(\/\/[^/@\s:]*:)[^/@\s]+@/g

/** Whether a text has a URL with a password, as in `postgres://shop:secret@localhost`. It must never be printed. */
export function hasPassword(text: string): boolean {
  return text.search(password) >= 0
}

export function masked(text: string): string {
  return text.replaceAll(password, '$1***@')
}
