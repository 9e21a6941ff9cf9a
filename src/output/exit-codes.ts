import type { FailureKind } from '@piko/sdk'

/** The exit code of each kind of failure. The reference page's table is generated from it. */
export const exitCodes: Readonly<Record<FailureKind, { readonly code: number; readonly meaning: string }>> = {
  bug: { code: 1, meaning: "piko's or a plugin's fault" },
  usage: { code: 2, meaning: 'flags or arguments' },
  state: { code: 3, meaning: 'the project, its configuration or the environment is not as needed' },
  tool: { code: 4, meaning: 'docker, git, tmux or Caddy is missing or failed' },
  refused: { code: 5, meaning: 'work or data would have been lost' },
  plugin: { code: 6, meaning: 'a plugin is invalid, missing or too old' },
  incomplete: { code: 7, meaning: 'it failed, and something could not be undone' },
  interrupted: { code: 130, meaning: 'interrupted' },
}
