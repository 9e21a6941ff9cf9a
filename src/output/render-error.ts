import { detailsOf, type ErrorDetails, shellWord } from '@piko/sdk'
import { exitCodes } from './exit-codes.js'
import { aftermathOf } from '../lifecycle/aftermath.js'
import { originOf, type Origin } from '../lifecycle/run.js'
import { logOf } from '../lifecycle/run-log.js'
import { findNearest } from '../project/nearest.js'

export interface RenderedError {
  readonly exitCode: number
  /** Printed on stderr. */
  readonly lines: readonly string[]
  /** Printed on stdout with `--json`. */
  readonly json: object
}

/** The output for an error and the exit code of the command. */
export function renderError(error: unknown): RenderedError {
  const details = detailsOf(error) ?? parserDetails(error) ?? bugDetails(error, originOf(error))
  const exitCode = exitCodes[details.kind ?? 'state'].code
  const { code, message } = details
  // A typo is the user's, no matter which step noticed it.
  const origin = details.kind === 'usage' ? undefined : originOf(error)
  const log = details.kind === 'usage' ? undefined : logOf(error)
  const aftermath = aftermathOf(error)
  const hints = withoutRepeats([...(details.hints ?? []).filter(aftermath.isLive), ...aftermath.hints])
  const more = [...(details.details ?? []), ...aftermath.details]
  return {
    exitCode,
    lines: [
      `✗ ${message}`,
      `  ${code}${origin ? ` (${originText(origin)})` : ''}`,
      ...more.map(line => `  ${line}`),
      ...[...hints, ...logHint(log)].map(hint => `↳ ${hint}`),
      ...debugLines(error),
    ],
    json: {
      error: {
        code,
        message,
        hints,
        details: more,
        exit: exitCode,
        ...(origin ? { origin } : {}),
        ...(log === undefined ? {} : { log }),
      },
    },
  }
}

/** Of several hints with the same command, the first stays. */
function withoutRepeats(hints: readonly string[]): readonly string[] {
  const commandOf = (hint: string) => /`([^`]+)`$/.exec(hint)?.[1] ?? hint
  return hints.filter((hint, at) => hints.findIndex(other => commandOf(other) === commandOf(hint)) === at)
}

function logHint(log: string | undefined): readonly string[] {
  return log === undefined ? [] : [`To see every step and its output, run \`cat ${shellWord(log)}\``]
}

function originText(origin: Origin): string {
  const { package: packageName, version, step } = origin
  return origin.plugin === 'core' ? `step ${step}` : `${packageName} ${version}, step ${step}`
}

/** An error of oclif's parser has `parse`. Only the first line of its message is needed. */
function parserDetails(error: unknown): ErrorDetails | undefined {
  if (!(error instanceof Error) || !('oclif' in error)) return undefined
  if (!('parse' in error)) return oclifDetails(error)
  const [first = '', ...rest] = error.message.split('\n').filter(line => line.trim() !== '')
  // oclif adds this note for any flag that takes several values, given or not.
  const more = rest.filter(line => !/^(See more help|Note:|Alternatively, )/.test(line))
  const hints = ['To see the flags and arguments, add `--help`']
  return {
    code: 'USAGE_INVALID',
    message: unknownFlags(error) ?? missingWords(first, more) ?? first.replace(/\.$/, ''),
    details: more,
    hints,
    kind: 'usage',
    cause: error,
  }
}

/** `There is no flag --no-strat; the nearest is --no-start`. */
function unknownFlags(error: Error): string | undefined {
  if (!isUnknownFlags(error)) return undefined
  const [flag = '', ...others] = error.flags
  if (others.length > 0) return `There are no flags ${error.flags.join(', ')}`
  const known = Object.entries(error.parse.input.flags).flatMap(([name, { allowNo }]) =>
    allowNo === true ? [`--${name}`, `--no-${name}`] : [`--${name}`],
  )
  const nearest = flag.startsWith('--') ? findNearest(flag, known) : undefined
  return `There is no flag ${flag}${nearest === undefined ? '' : `; the nearest is ${nearest}`}`
}

/** `Missing argument: NAME`, from oclif's "Missing 1 required arg:" with the argument on the next line. */
function missingWords(first: string, [line = '']: readonly string[]): string | undefined {
  const name = /^\S+/.exec(line)?.[0]
  return first === 'Missing 1 required arg:' && name ? `Missing argument: ${name.toUpperCase()}` : undefined
}

/** The part of oclif's `NonExistentFlagsError` that is read here. */
interface UnknownFlags extends Error {
  readonly flags: readonly string[]
  readonly parse: {
    readonly input: { readonly flags: Readonly<Record<string, { readonly allowNo?: boolean }>> }
  }
}

export function isUnknownFlags(error: Error): error is UnknownFlags {
  return 'flags' in error && error.message.startsWith('Nonexistent flag') // class names are minified in the bundle
}

/** The error of one of oclif's own commands, such as `plugins install`. Its cause is unknown. */
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
