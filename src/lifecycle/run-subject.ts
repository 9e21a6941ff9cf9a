import type { RunName } from '@piko/sdk'

/** The subject of a run as the journal spells it: `project:shared.share:redis`. */
export function runSubject({ run, key }: RunName): string {
  return [run.subject, run.id, ...(key === undefined ? [] : [key])].join(':')
}
