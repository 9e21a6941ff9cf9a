import type { Environment, EnvironmentName, ExecOptions, Fact, Json, Project } from '@piko/sdk'
import type { ReceiptOf, RunName, StepContext } from '@piko/sdk'
import { existsSync } from 'node:fs'
import { subjectOf } from '../environment/record.js'
import { readFact, readWarnings } from '../lifecycle/facts.js'
import { openJournal } from '../lifecycle/journal.js'
import { programEnvironment } from '../lifecycle/program-environment.js'
import type { Database } from '../state/open.js'
import { exec } from '../system/exec.js'
import { notQuick } from './not-quick.js'
import { readOwners, takesPart } from './owners.js'
import { sayLater, sayNow } from './say-later.js'

export interface About {
  readonly state: Database
  readonly project: Project
  readonly environment: Environment
  readonly plugin: string
}

/** What a plugin's command reads of an environment in which the plugin takes part. Anything else is not quick. */
export function quickContext(about: About): StepContext<unknown> {
  const { state, project, environment, plugin } = about
  const subject = subjectOf(environment.name)
  const owners = readOwners(state, subject)
  if (!owners.has(plugin)) return notQuick() // it may be turned off
  return withAbsent({
    project,
    environment,
    subject: { kind: 'environment', name: environment.name } as const,
    verb: 'look' as const,
    signal: new AbortController().signal,
    flags: {},
    targets: [],
    get warnings() {
      return readWarnings(state, subject)
    },
    look: runIn(environment),
    exec: runIn(environment),
    dial: notQuick,
    // Only the owner writes a fact, with the type of its `Fact`, and `undo` takes what the step returned.
    fact: <Value extends Json>({ id }: Fact<Value>, of?: RunName | EnvironmentName) =>
      of ? notQuick() : (readFact(state, subject, id) as Value | undefined),
    receipt: <Receipt extends Json>({ id }: ReceiptOf<Receipt>) =>
      openJournal(state, subject).find(id)?.receipt as Receipt | undefined,
    collect: ({ id }: { readonly id: string }) => (takesPart(owners, id) ? notQuick() : []),
    say: sayLater,
    progress: () => undefined,
    debug: () => undefined,
  })
}

/** Runs a program in the worktree with the environment's variables. */
function runIn({ path, variables }: Environment) {
  return async (tool: string, args: readonly string[], options: ExecOptions = {}) => {
    if (options.terminal) sayNow()
    const cwd = options.cwd ?? (existsSync(path) ? path : notQuick())
    return exec(tool, args, { ...options, cwd, env: { ...programEnvironment(variables), ...options.env } })
  }
}

/** What else a context has: reading any of it is not quick. */
const absent = [
  'config',
  'read',
  'writeFile',
  'remove',
  'hideFromGit',
  'assignPorts',
  'claimName',
  'claimedBy',
  'leaseSubnet',
  'publish',
  'warn',
  'transaction',
  'ensure',
  'takeBack',
  'startProcess',
] as const satisfies readonly (keyof StepContext<unknown>)[]

function withAbsent<Members extends object>(members: Members) {
  for (const name of absent) Object.defineProperty(members, name, { get: notQuick })
  return members as Members & Readonly<Record<(typeof absent)[number], never>>
}
