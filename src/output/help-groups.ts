import type { HelpGroup } from '@piko/sdk'

/** The groups of `piko help`, in order, with core's commands and topics. Groups that plugins declare follow. */
export const helpGroups: readonly {
  readonly id: HelpGroup
  readonly title: string
  readonly commands: readonly string[]
}[] = [
  {
    id: 'start',
    title: 'GETTING STARTED',
    commands: ['create', 'init', 'doctor', 'autocomplete', 'help'],
  },
  {
    id: 'everyday',
    title: 'EVERYDAY',
    commands: ['list', 'status', 'up', 'down', 'restart', 'destroy', 'prune', 'path', 'run', 'env', 'trust'],
  },
  { id: 'data', title: 'DATA', commands: [] },
  { id: 'stages', title: 'STAGES', commands: [] },
  { id: 'setup', title: 'SETUP', commands: ['config', 'plugins', 'plugin'] },
]
