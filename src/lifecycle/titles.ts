import type { Phase, Verb } from '@piko/sdk'
import type { TitledStep } from './narrator.js'
import type { OrderedStep } from './ordered-step.js'

/** The titles shown while the steps of a phase run. Phases with the same title share a line. */
interface PhaseTitle {
  readonly create: string
  readonly again: string
}

const worktree: PhaseTitle = { create: 'Creating the worktree', again: 'Checking the worktree' }
const project = both('Preparing the Compose project')
const connecting = both('Connecting')

const phaseTitles: Readonly<Record<Phase, PhaseTitle>> = {
  reserve: worktree,
  checkout: worktree,
  resolve: project,
  prepare: project,
  data: both('Preparing images and data'),
  start: both('Starting services'),
  setup: both('Running setup'),
  route: connecting,
  attach: connecting,
}

function both(title: string): PhaseTitle {
  return { create: title, again: title }
}

/** The steps of a run with the line that each is shown on: that of its phase, or its own if it is the only one. */
export function titleSteps(verb: Verb, steps: readonly OrderedStep[]): readonly TitledStep[] {
  const groupOf = ({ phase, step }: OrderedStep) => (phase ? titleOf(verb, phase) : step.title)
  return steps.map(ordered => {
    const { id, title } = ordered.step
    const group = groupOf(ordered)
    const isAlone = steps.filter(other => groupOf(other) === group).length === 1
    return { id, title, group: isAlone ? title : group }
  })
}

function titleOf(verb: Verb, phase: Phase): string {
  const { create, again } = phaseTitles[phase]
  if (verb === 'restart' && phase === 'start') return 'Restarting services'
  return verb === 'create' ? create : again
}

/** The title of a step's undo. */
export function undoTitleOf({ title, undoTitle }: { title: string; undoTitle?: string | undefined }): string {
  if (undoTitle !== undefined) return undoTitle
  const [verb = '', ...rest] = title.split(' ')
  const opposite = opposites[verb]
  return opposite === undefined ? `Undoing: ${title}` : [opposite, ...rest].join(' ')
}

const opposites: Readonly<Record<string, string>> = {
  Adding: 'Removing',
  Attaching: 'Detaching',
  Building: 'Removing',
  Connecting: 'Disconnecting',
  Copying: 'Removing',
  Creating: 'Removing',
  Generating: 'Removing',
  Installing: 'Uninstalling',
  Linking: 'Unlinking',
  Making: 'Removing',
  Opening: 'Closing',
  Registering: 'Unregistering',
  Reserving: 'Releasing',
  Starting: 'Stopping',
  Writing: 'Removing',
}
