import { programPaths, type ToolRequirement } from '@piko/sdk'

export const tools: readonly ToolRequirement[] = [
  {
    name: 'tmux',
    command: ['tmux', '-V'],
    version: '>=3.2.0',
    install:
      'To install tmux, run `sudo apt install tmux` or `brew install tmux`; to go without it, set `plugins: { tmux: false }` in .piko.yml',
    installedAt: () => programPaths('tmux'),
  },
]
