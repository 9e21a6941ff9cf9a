import type { Color, EnvironmentStatus } from '@piko/sdk'
import type { RealState } from '../environment/real-state.js'

/** The state of an environment as text: `running`, `running 2/3, api unhealthy, 5 restarts`. */
export function stateText(recorded: EnvironmentStatus, real: RealState | undefined): string {
  if (!real) return recorded
  const { state, running, wanted, unhealthy, restarts } = real
  const [sick] = unhealthy
  const restarted = Object.entries(restarts)
  const [looping] = restarted
  const count = restarted.reduce((sum, [, times]) => sum + times, 0)
  return [
    state === 'partial' ? `running ${running}/${wanted}` : state,
    ...(sick === undefined
      ? []
      : [unhealthy.length === 1 ? `${sick} unhealthy` : `${unhealthy.length} unhealthy`]),
    ...(looping === undefined
      ? []
      : [restarted.length === 1 ? `${looping[0]} restarted ${times(count)}` : `${count} restarts`]),
  ].join(', ')
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

const colors: Readonly<Record<RealState['state'], Color>> = {
  running: 'green',
  partial: 'yellow',
  stopped: 'dim',
  prepared: 'dim',
  failed: 'red',
  creating: 'cyan',
  starting: 'cyan',
  stopping: 'cyan',
  destroying: 'cyan',
}

export function stateColor(recorded: EnvironmentStatus, real: RealState | undefined): Color {
  if (!real) return colors[recorded]
  if (real.unhealthy.length > 0) return 'red'
  if (Object.keys(real.restarts).length > 0 && real.state === 'running') return 'yellow'
  return colors[real.state]
}
