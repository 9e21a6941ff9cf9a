import { detailsOf, type ErrorDetails } from '@piko/sdk'
import { exitCodes } from '../exit-codes.js'
import { originOf, type Origin } from '../lifecycle/run.js'

export interface RenderedError {
  readonly exitCode: number
  /** For stderr. */
  readonly lines: readonly string[]
  /** For `--json`, on stdout. */
  readonly json: object
}

/** What is printed for an error, and the exit code it ends the command with. */
export function renderError(error: unknown): RenderedError {
  const details = detailsOf(error) ?? parserDetails(error) ?? bugDetails(error, originOf(error))
  const exitCode = exitCodes[details.kind ?? 'state'].code
  const { code, message, hints = [], details: more = [] } = details
  const origin = originOf(error)
  return {
    exitCode,
    lines: [
      `✗ ${message}`,
      `  ${code}${origin ? ` (${originText(origin)})` : ''}`,
      ...more.map(line => `  ${line}`),
      ...hints.map(hint => `↳ ${hint}`),
      ...debugLines(error),
    ],
    json: { error: { code, message, hints, details: more, exit: exitCode, ...(origin ? { origin } : {}) } },
  }
}

function originText(origin: Origin): string {
  const { package: packageName, version, step } = origin
  return origin.plugin === 'core' ? `step ${step}` : `${packageName} ${version}, step ${step}`
}

/** oclif's parser tells its errors apart by `parse`; the first line of their message is the fact. */
function parserDetails(error: unknown): ErrorDetails | undefined {
  if (!(error instanceof Error) || !('oclif' in error)) return undefined
  if (!('parse' in error)) return oclifDetails(error)
  const [first = '', ...rest] = error.message.split('\n').filter(line => line.trim() !== '')
  const more = rest.filter(line => !line.startsWith('See more help'))
  const hints = ['To see the flags and arguments, add `--help`']
  return {
    code: 'USAGE_INVALID',
    message: first.replace(/\.$/, ''),
    details: more,
    hints,
    kind: 'usage',
    cause: error,
  }
}

/** What a command of oclif's own says, such as `plugins install`: it is not told how the fault came about. */
function oclifDetails(error: Error): ErrorDetails {
  const [first = '', ...rest] = error.message.split('\n').filter(line => line.trim() !== '')
  return {
    code: 'COMMAND_FAILED',
    message: first.replace(/\.$/, ''),
    details: rest,
    kind: 'tool',
    cause: error,
  }
}

function bugDetails(error: unknown, origin: Origin | undefined): ErrorDetails {
  const message = error instanceof Error ? error.message : String(error)
  const authors = origin && origin.plugin !== 'core' ? ` to the authors of ${origin.package}` : ''
  const hints = [
    `To report it${authors}, run the command again with \`DEBUG=piko:*\` and send what it prints`,
  ]
  return { code: 'INTERNAL_ERROR', message, hints, kind: 'bug', cause: error }
}

function debugLines(error: unknown): readonly string[] {
  const wanted = process.env['DEBUG'] ?? ''
  if (!(error instanceof Error) || !(wanted === '*' || wanted.includes('piko'))) return []
  const cause = error.cause instanceof Error ? ['caused by:', ...(error.cause.stack ?? '').split('\n')] : []
  return [...(error.stack ?? '').split('\n'), ...cause]
}
