import type { RunName } from '@piko/sdk'

/** The subject of a run in the journal's notation: `project:shared.share:redis`. */
export function runSubject({ run, key }: RunName): string {
  return [run.subject, run.id, ...(key === undefined ? [] : [key])].join(':')
}
