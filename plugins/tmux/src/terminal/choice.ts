/** A list that is filtered by typing and navigated with the arrow keys. */
export interface Choice {
  readonly filter: string
  readonly position: number
}

export interface Item {
  readonly name: string
  readonly note: string
}

export interface Key {
  readonly name?: string | undefined
  readonly sequence?: string | undefined
  readonly ctrl?: boolean | undefined
}

export const start: Choice = { filter: '', position: 0 }

export function shown(items: readonly Item[], { filter }: Choice): readonly Item[] {
  return items.filter(({ name }) => name.includes(filter))
}

/** The choice after a key press. */
export function pressed(items: readonly Item[], choice: Choice, { name, sequence = '', ctrl }: Key): Choice {
  const last = Math.max(0, shown(items, choice).length - 1)
  if (name === 'up') return { ...choice, position: Math.max(0, choice.position - 1) }
  if (name === 'down') return { ...choice, position: Math.min(last, choice.position + 1) }
  if (name === 'backspace') return { filter: choice.filter.slice(0, -1), position: 0 }
  return /^[\w./-]$/.test(sequence) && !ctrl ? { filter: choice.filter + sequence, position: 0 } : choice
}

export function lines(items: readonly Item[], choice: Choice): readonly string[] {
  const rows = shown(items, choice).map(
    ({ name, note }, index) =>
      `${index === choice.position ? '›' : ' '} ${name}${note === '' ? '' : `  ${note}`}`,
  )
  return [`Go to: ${choice.filter}`, ...(rows.length === 0 ? ['  no match'] : rows)]
}
