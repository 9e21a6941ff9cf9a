import type { VolumesContext } from '../context.js'

/** The options of `create`. Stored because a later `up` may create the volumes. */
export type Choice = {
  /** `--copy-volumes` */
  readonly all: boolean
  /** `--from-env` */
  readonly from: string | null
  /** `--verify` */
  readonly verify: boolean
  /** `--ignore-copy-errors` */
  readonly tolerant: boolean
}

/** The flags of this run, otherwise those of the run before. */
export function readChoice({ flags }: Pick<VolumesContext, 'flags'>, before: Choice | undefined): Choice {
  const from = flags['from-env']
  return {
    all: flags['copy-volumes'] === true || (before?.all ?? false),
    from: typeof from === 'string' ? from : (before?.from ?? null),
    verify: flags['verify'] === true || (before?.verify ?? false),
    tolerant: flags['ignore-copy-errors'] === true || (before?.tolerant ?? false),
  }
}

/** The volumes to copy. Naming an environment without volumes means all of them. */
export function chosen(
  { config }: Pick<VolumesContext, 'config'>,
  { choice, keys }: { readonly choice: Choice; readonly keys: readonly string[] },
): readonly string[] {
  const isAll = choice.all || (choice.from !== null && config.copy.length === 0)
  return isAll ? keys : keys.filter(key => config.copy.includes(key))
}
