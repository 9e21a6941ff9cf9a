import { errorTable, shellWord } from '@piko/sdk'

type Move = { from: string; to: string }

export const workspaceErrors = errorTable({
  /** Its worktrees, containers and volumes still belong to the old folder. */
  PROJECT_MOVED: ({ from, to }: Move) => ({
    message: `This project has moved here from ${from}, where its environments still belong`,
    hints: [`To use them, move it back: \`mv ${shellWord(to)} ${shellWord(from)}\``],
    kind: 'refused',
  }),
  PROJECT_COPIED: ({ from, to }: Move) => ({
    message: `This folder is a copy of ${from}, whose environments it must not touch`,
    hints: [
      `To use them, run piko there: \`cd ${shellWord(from)}\``,
      `To start here without environments, run \`rm ${shellWord(to)}/.piko/state.db*\``,
    ],
    kind: 'refused',
  }),
})
