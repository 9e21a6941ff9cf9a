import { failure, type Failure, shellWord } from '@piko/sdk'

/** Its worktrees, containers and volumes are those of the old folder. */
export function projectMoved({ from, to }: { readonly from: string; readonly to: string }): Failure {
  return failure({
    code: 'PROJECT_MOVED',
    message: `This project has moved here from ${from}, where its environments still belong`,
    hints: [`To use them, move it back: \`mv ${shellWord(to)} ${shellWord(from)}\``],
    kind: 'refused',
  })
}

export function projectCopied({ from, to }: { readonly from: string; readonly to: string }): Failure {
  return failure({
    code: 'PROJECT_COPIED',
    message: `This folder is a copy of ${from}, whose environments it must not touch`,
    hints: [
      `To use them, run piko there: \`cd ${shellWord(from)}\``,
      `To start here without environments, run \`rm ${shellWord(to)}/.piko/state.db*\``,
    ],
    kind: 'refused',
  })
}
