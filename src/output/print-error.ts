import { visibleText } from '@piko/sdk'
import { renderError } from './render-error.js'

/** Prints an error: on stderr or, with `--json`, on stdout. Returns the exit code. */
export function printError(error: unknown, { json }: { readonly json: boolean }): number {
  const rendered = renderError(error)
  if (json) process.stdout.write(`${JSON.stringify({ version: 1, ...rendered.json }, undefined, 2)}\n`)
  else process.stderr.write(`${visibleText(rendered.lines.join('\n'))}\n`)
  return rendered.exitCode
}
