import {
  bytesText,
  type Color,
  type Dependency,
  fittedLines,
  painted,
  type Size,
  tableLines,
  type TableCell,
  type Terminal,
  warningLines,
} from '@piko/sdk'
import type { Live } from '../environment/live.js'
import type { MissingPlugin } from '../environment/missing-plugins.js'
import { dependencyLines } from './dependencies.js'
import type { EnvironmentRecord } from '../environment/record.js'
import type { EnvironmentAnswer } from './environment.js'
import { comparisonText } from './git-marks.js'
import { stateColor, stateText } from './state.js'
import type { ServiceRow } from './status-services.js'

/** The data that `piko status` shows. */
export interface StatusView {
  readonly answer: EnvironmentAnswer & {
    readonly services: readonly ServiceRow[]
    /** Why data is missing. */
    readonly problems: readonly string[]
    readonly sizes?: readonly Size[]
    readonly plugins: readonly { readonly name: string; readonly active: boolean; readonly because: string }[]
    readonly broken: readonly { readonly package: string; readonly problem: string }[]
    readonly missing: readonly MissingPlugin[]
    /** Where git or the engine differ from what is recorded. */
    readonly differences: readonly { readonly title: string; readonly hints: readonly string[] }[]
    readonly dependencies: readonly Dependency[]
    /** The output of what failed. */
    readonly log?: string | undefined
  }
  readonly recorded: EnvironmentRecord['status']
  readonly live: Live
  readonly isVerbose: boolean
  readonly terminal: Terminal
}

export function statusLines(view: StatusView): readonly string[] {
  const { answer, recorded, live, terminal } = view
  const { name, broken, missing, differences, warnings, problems } = answer
  const isFailed = recorded === 'failed'
  const text = stateText(recorded, live.real)
  const color = stateColor(recorded, live.real)
  return [
    `${name} (${terminal.colors ? painted(text, color) : text})`,
    ...facts(view),
    ...indented(serviceLines(answer.services, terminal)),
    ...indented(dependencyLines(answer.dependencies)),
    ...(view.isVerbose ? indented(pluginLines(answer.plugins)) : []),
    ...(view.isVerbose ? indented(stepLines(answer.steps)) : []),
    ...problems.map(problem => `! ${problem}`),
    ...broken.map(row => `! ${row.package}: ${row.problem}`),
    ...missing.flatMap(({ plugin, packageName, steps: made }) => [
      `! The plugin ${plugin}, which ran ${made.join(', ')}, is not installed`,
      `  ↳ To install it, run \`piko plugins install ${packageName}\``,
    ]),
    ...differences.flatMap(({ title, hints }) => [`! ${title}`, ...hints.map(hint => `  ↳ ${hint}`)]),
    ...warningLines(warnings),
    ...(isFailed ? [`↳ To start it again, run \`piko up ${name}\``] : []),
  ]
}

function facts({ answer, recorded, live: { real, git } }: StatusView): readonly string[] {
  const unfinished = answer.steps.filter(step => step.state === 'started').map(({ title }) => title)
  const comparison = git && comparisonText(git)
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['branch', [answer.branch, comparison].filter(Boolean).join(', ')],
    ['worktree', answer.path],
    ['changes', git && (git.uncommitted === 0 ? 'none' : `${filesText(git.uncommitted)} not committed`)],
    ['url', answer.variables['PIKO_URL']],
    ['size', answer.sizes && sizeText(answer.sizes)],
    // Reading does not update the database, and other commands use the recorded status.
    ['recorded', real && real.state !== recorded ? recorded : undefined],
    [
      recorded === 'failed' ? 'failed at' : 'cut short',
      unfinished.length > 0 ? unfinished.join(', ') : undefined,
    ],
    ['log', answer.log],
  ]
  return lines.flatMap(([title, text]) => (text === undefined ? [] : [`  ${title.padEnd(9)} ${text}`]))
}

function filesText(count: number): string {
  return count === 1 ? '1 file' : `${count} files`
}

/** `worktree 1.2 MB, volumes 40 MB, images 0 B` */
function sizeText(sizes: readonly Size[]): string {
  return (['worktree', 'volume', 'image'] as const)
    .map(what => {
      const own = sizes.filter(size => size.what === what)
      const bytes = own.reduce((sum, size) => sum + (size.bytes ?? 0), 0)
      const isIncomplete = own.some(size => size.bytes === null)
      return `${what === 'worktree' ? what : `${what}s`} ${isIncomplete ? 'at least ' : ''}${bytesText(bytes)}`
    })
    .join(', ')
}

function serviceLines(rows: readonly ServiceRow[], terminal: Terminal): readonly string[] {
  const columns = [
    { title: 'Service', gives: 4, least: 10 },
    { title: 'State', gives: 3, least: 10 },
    { title: 'Health', gives: 2, isOptional: true },
    { title: 'Restarts', isOptional: true },
    { title: 'Ports', gives: 1, least: 12 },
    { title: 'URL', gives: 5, least: 20, isOptional: true },
  ]
  const cells = rows.map((row): readonly TableCell[] => [
    rows.filter(({ service }) => service === row.service).length > 1
      ? `${row.service}#${row.replica ?? 1}`
      : `${row.service}${row.isShared ? ' (shared)' : ''}`,
    { text: stateOf(row), color: colorOf(row) },
    row.health === null ? '' : { text: row.health, color: healthColors[row.health] },
    restartsCell(row.restarts),
    Object.entries(row.ports).map(portText).join(', '),
    row.url ?? '',
  ])
  const { width } = terminal
  return fittedLines(columns, cells, width === undefined ? terminal : { ...terminal, width: width - 2 })
}

function stateOf({ state, exitCode }: ServiceRow): string {
  if (state === null) return '?'
  return exitCode === null || state === 'done' ? state : `${state} (${exitCode})`
}

function colorOf({ state }: ServiceRow): Color {
  if (state === 'running') return 'green'
  return state === 'restarting' || state === 'dead' || state === 'exited' ? 'red' : 'dim'
}

const healthColors = { healthy: 'green', starting: 'cyan', unhealthy: 'red' } as const

function restartsCell(restarts: number | null): TableCell {
  if (restarts === null) return ''
  return restarts === 0 ? '0' : { text: String(restarts), color: 'yellow' }
}

/** `10180 → 80`. Protocols other than TCP are shown. */
function portText([inner, port]: readonly [string, number]): string {
  return `${port} → ${inner.replace(/\/tcp$/, '')}`
}

function pluginLines(plugins: StatusView['answer']['plugins']): readonly string[] {
  const rows = plugins.map(row => [row.name, row.active ? 'yes' : 'no', row.because])
  return tableLines(['Plugin', 'Active', 'Because'], rows)
}

function stepLines(steps: EnvironmentAnswer['steps']): readonly string[] {
  return tableLines(
    ['Step', 'State'],
    steps.map(({ step, state }) => [step, state]),
  )
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines.map(line => `  ${line}`)]
}
