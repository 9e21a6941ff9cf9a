import { tableLines } from '@piko/sdk'
import type { Warning } from '@piko/sdk'
import { findRecord, type EnvironmentRecord, subjectOf } from '../environment/record.js'
import type { MissingPlugin } from '../environment/missing-plugins.js'
import { readWarnings } from '../lifecycle/facts.js'
import { openJournal } from '../lifecycle/journal.js'
import { readPorts } from '../ports/lease.js'
import type { Workspace } from '../workspace/open.js'

/** One environment as `create`, `up` and `status` answer it. */
export interface EnvironmentAnswer {
  readonly name: string
  readonly branch: string
  readonly status: string
  readonly path: string
  readonly ports: Readonly<Record<string, number>>
  readonly variables: Readonly<Record<string, string>>
  readonly warnings: readonly Warning[]
  readonly steps: readonly { readonly step: string; readonly state: string }[]
}

export function environmentAnswer(workspace: Workspace, { name }: EnvironmentRecord): EnvironmentAnswer {
  const { state } = workspace
  const record = findRecord(state, name)
  const { branch = '', status = 'destroyed', path = '', variables = {} } = record ?? {}
  const subject = subjectOf(name)
  const steps = openJournal(state, subject)
    .rows()
    .map(row => ({ step: row.step, state: row.state }))
  return {
    name,
    branch,
    status,
    path,
    ports: readPorts(state, subject),
    variables,
    warnings: readWarnings(state, subject),
    steps,
  }
}

type StatusAnswer = EnvironmentAnswer & {
  readonly plugins: readonly { readonly name: string; readonly active: boolean; readonly because: string }[]
  readonly broken: readonly { readonly package: string; readonly problem: string }[]
  readonly missing: readonly MissingPlugin[]
}

export function environmentLines(answer: StatusAnswer): readonly string[] {
  const { name, branch, status, path, ports, warnings, plugins, broken, missing, steps } = answer
  const url = answer.variables['PIKO_URL']
  const half = steps.filter(step => step.state === 'started').map(({ step }) => step)
  return [
    `${name} (${status})`,
    `  branch    ${branch}`,
    `  worktree  ${path}`,
    ...(url === undefined ? [] : [`  url       ${url}`]),
    ...(half.length > 0 ? [`  half-done ${half.join(', ')}`] : []),
    ...indented(
      tableLines(
        ['Port', 'On this machine'],
        Object.entries(ports).map(([key, port]) => [key, String(port)]),
      ),
    ),
    ...indented(
      tableLines(
        ['Plugin', 'Active', 'Because'],
        plugins.map(row => [row.name, row.active ? 'yes' : 'no', row.because]),
      ),
    ),
    ...broken.map(row => `! ${row.package}: ${row.problem}`),
    ...missing.flatMap(({ plugin, packageName, steps: made }) => [
      `! The plugin ${plugin}, which did ${made.join(', ')}, is not installed`,
      `  ↳ To install it, run \`piko plugins install ${packageName}\``,
    ]),
    ...warnings.map(({ message }) => `! ${message}`),
  ]
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines.map(line => `  ${line}`)]
}
