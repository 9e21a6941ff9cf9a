// docs/reference/exit-codes.md, from the table that piko itself uses.
import { page, table } from './markdown.mjs'

export function exitCodesPage(exitCodes) {
  return page('Exit codes', exitCodeBlocks(exitCodes))
}

export function exitCodeBlocks(exitCodes) {
  const rows = Object.entries(exitCodes).map(([kind, { code, meaning }]) => [String(code), kind, meaning])
  return [
    'Every command ends with one of these; `run`, `exec` and `compose`, which run a command of yours, end with its code instead.',
    table(['exit', 'kind', 'meaning'], [['0', '', 'done, or nothing to do'], ...rows]),
  ]
}
