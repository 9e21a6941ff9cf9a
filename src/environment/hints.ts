interface Situation {
  /** The environment's name. */
  readonly name: string
  /** Nothing is left of the environment. */
  readonly isGone: boolean
  /** The command that failed: `piko up feature-auth`. */
  readonly command: string
}

/**
 * Whether a hint still works after a failure, judged by the command at its end. A command about a removed environment
 * works only if it creates it. The command that failed helps only if something is changed first.
 */
export function isLiveHint(hint: string, { name, isGone, command }: Situation): boolean {
  const [, typed = ''] = /`(piko [^`]*)`$/.exec(hint) ?? []
  const isAllOfIt = hint.split('`').length === 3
  if (typed === command && isAllOfIt) return false
  const [, verb, ...words] = typed.split(' ')
  return !isGone || verb === 'create' || !words.includes(name)
}
