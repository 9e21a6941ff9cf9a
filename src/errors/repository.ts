import { errorTable, shellWord } from '@piko/sdk'

export const repositoryErrors = errorTable({
  REPOSITORY_MISSING: ({ folder }: { folder: string }) => ({
    message: `${folder} is not in a git repository`,
    hints: [`To make it one, run \`git -C ${shellWord(folder)} init\``],
  }),
  /** `lines`: git's output. */
  REPOSITORY_UNREADABLE: ({ place, lines }: { place: string; lines: readonly string[] }) => ({
    message: `git cannot read the repository at ${place}`,
    details: lines.filter(line => line.trim() !== '').slice(-10),
    hints: [
      `To see what git says of it, run \`git -C ${shellWord(place.replace(/\/\.git$/, '') || '/')} status\``,
    ],
  }),
  REPOSITORY_BARE: ({ gitDir }: { gitDir: string }) => {
    const checkout = `${gitDir.replace(/(\/|\.git)+$/, '')}-main`
    return {
      message: `${gitDir} is a bare repository, and piko needs one with a main checkout`,
      hints: [
        `To clone it into one with a main checkout, run \`git clone ${shellWord(gitDir)} ${shellWord(checkout)}\``,
      ],
    }
  },
  REPOSITORY_MAIN_UNKNOWN: ({ gitDir }: { gitDir: string }) => ({
    message: `The repository ${gitDir} is separate from its main checkout and does not say where that is`,
    hints: [
      `To set it, run in the main checkout \`git --git-dir=${shellWord(gitDir)} config core.worktree "$PWD"\``,
    ],
  }),
  REPOSITORY_EMPTY: ({ checkout }: { checkout: string }) => ({
    message: `${checkout} has no commit yet, so no branch can start there`,
    hints: [`To create one, run \`git -C ${shellWord(checkout)} commit --allow-empty -m 'First commit'\``],
  }),
})
