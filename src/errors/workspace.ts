import { errorTable, shellWord } from '@piko/sdk'

type Move = { from: string; to: string }

const repair = 'run `piko doctor --fix`'

export const workspaceErrors = errorTable({
  /** Its worktrees and bind mounts still name the old folder. */
  PROJECT_MOVED: ({ from, to }: Move) => ({
    message: `This project was moved here from ${from}, which its environments still refer to`,
    hints: [
      `To carry its environments over, ${repair}`,
      `To use them as they are, move it back: \`mv ${shellWord(to)} ${shellWord(from)}\``,
    ],
    kind: 'refused',
  }),
  PROJECT_COPIED: ({ from }: Move) => ({
    message: `This folder is a copy of ${from}, whose environments it must not touch`,
    hints: [
      `To give the copy environments of its own, ${repair}`,
      `To use those of the original, run piko there: \`cd ${shellWord(from)}\``,
    ],
    kind: 'refused',
  }),
  /** Both paths lead to the same files, as with a bind mount. */
  PROJECT_UNDER_TWO_PATHS: ({ from, to }: Move) => ({
    message: `${to} is ${from} under another path, and the environments there refer to that one`,
    hints: [`To use them, run piko there: \`cd ${shellWord(from)}\``],
    kind: 'refused',
  }),
})
