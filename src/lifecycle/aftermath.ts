/** The state that a failed run left behind, shown with its error. */
export interface Aftermath {
  /** Lines below the error: what was kept, what was rolled back, where the log is. */
  readonly details: readonly string[]
  readonly hints: readonly string[]
  /** Whether a hint of the error still works. */
  isLive(hint: string): boolean
}

const aftermaths = new WeakMap<Error, Aftermath>()

/** Adds to what is shown with an error. */
export function addAftermath(error: unknown, more: Partial<Aftermath>): void {
  if (!(error instanceof Error)) return
  const { details, hints, isLive } = aftermathOf(error)
  aftermaths.set(error, {
    details: [...details, ...(more.details ?? [])],
    hints: [...hints, ...(more.hints ?? [])],
    isLive: hint => isLive(hint) && (more.isLive?.(hint) ?? true),
  })
}

export function aftermathOf(error: unknown): Aftermath {
  const known = error instanceof Error ? aftermaths.get(error) : undefined
  return known ?? { details: [], hints: [], isLive: () => true }
}
