import type { Trace } from '@piko/sdk'
import { readEnvironments } from '../environment/record.js'
import { isTraceOf } from '../environment/traces.js'
import { findRegistered } from '../leases/projects.js'
import { readSubjects } from '../lifecycle/journal.js'
import type { Workspace } from '../workspace/open.js'
import { countText, removalOf } from '../environment/count-traces.js'
import type { Difference } from './difference.js'

/** What carries this project's marks without being recorded, by environment. */
export function findUnrecorded(workspace: Workspace, traces: readonly Trace[]): readonly Difference[] {
  const { state } = workspace
  const known = new Set([
    ...readEnvironments(state).map(({ name }) => name),
    ...readSubjects(state).flatMap(keyOf),
  ])
  const unknown = traces.filter(trace => isFromHere(workspace, trace) && !isRecorded(workspace, trace, known))
  const names = [...new Set(unknown.map(({ environment }) => environment))].sort()
  return names.map(name => {
    const own = unknown.filter(({ environment }) => environment === name)
    return {
      environment: name,
      title: `piko has no record of ${name}, but its labels are on ${countText(own)}`,
      details: own.map(({ kind, name: of }) => `${kind} ${of}`),
      hints: ['To record it again, run `piko doctor --rebuild`', `To remove them, run \`${removalOf(own)}\``],
    }
  })
}

/** The last part of `project:compose.apart:shared`: services outside environments are labelled with it. */
function keyOf(subject: string): readonly string[] {
  return subject.startsWith('environment:') ? [] : subject.split(':').slice(-1)
}

/** Made by this project, or in its folder by one that the machine does not know to be anywhere else. */
function isFromHere({ project, machine }: Workspace, trace: Trace): boolean {
  if (isTraceOf(project, trace)) return true
  if (trace.root !== project.root) return false
  const maker = trace.project === undefined ? undefined : findRegistered(machine, trace.project)
  return maker === undefined || maker.root === project.root
}

function isRecorded({ project }: Workspace, trace: Trace, known: ReadonlySet<string>): boolean {
  return isTraceOf(project, trace) && known.has(trace.environment)
}
