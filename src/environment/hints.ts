interface Situation {
  /** The environment. */
  readonly name: string
  /** Nothing of it is left. */
  readonly isGone: boolean
  /** What has just failed: `piko up feature-auth`. */
  readonly command: string
}

/**
 * Whether a hint still works after a failure. A hint ends in its command: one about an environment that is gone cannot
 * work, unless it creates it, and the command that has just failed is no way forward unless something is changed first.
 */
export function isLiveHint(hint: string, { name, isGone, command }: Situation): boolean {
  const [, typed = ''] = /`(piko [^`]*)`$/.exec(hint) ?? []
  const isAllOfIt = hint.split('`').length === 3
  if (typed === command && isAllOfIt) return false
  const [, verb, ...words] = typed.split(' ')
  return !isGone || verb === 'create' || !words.includes(name)
}
