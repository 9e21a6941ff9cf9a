import { errorTable, shellWord } from '@piko/sdk'

type Registered = { mainCheckout: string; path: string }
type OnOther = { path: string; wanted: string; found: string | undefined }
/** `environment`: its name; `losses`: "2 × uncommitted path". */
type Work = { path: string; environment: string; losses: readonly string[]; uncommitted: readonly string[] }
type Foreign = { path: string; foreign: readonly string[]; untouched: boolean; cause?: unknown }
type Copy = { source: string; exitCode: number; stderr: string }
type Update = { mainCheckout: string; checkout: string; exitCode: number; stderr: string }

const MAX_SHOWN = 10
const updateSubmodules = 'submodule update --init --recursive'

export const worktreeErrors = errorTable({
  WORKTREE_PATH_TAKEN: ({ path }: { path: string }) => ({
    message: `${path} already exists and is not a worktree of this repository; nothing was changed`,
    hints: [`To move it out of the way, run \`mv ${shellWord(path)} ${shellWord(`${path}.old`)}\``],
    kind: 'refused',
  }),
  WORKTREE_ON_OTHER_BRANCH: ({ path, wanted, found }: OnOther) => ({
    message: `The worktree ${path} is on ${found === undefined ? 'a detached HEAD' : `branch ${found}`}, not on branch ${wanted}; nothing was changed`,
    hints: [`To put it back, run \`git -C ${shellWord(path)} switch ${shellWord(wanted)}\``],
    kind: 'refused',
  }),
  WORKTREE_MOVED: ({ path, found }: { path: string; found: string }) => ({
    message: `The worktree ${path} is at ${found} now; nothing was changed`,
    hints: ['To use it there, run `piko doctor --fix`', `To put it back, ${moveBack(found, path)}`],
    kind: 'refused',
  }),
  /** `locked`: the reason that git keeps. */
  WORKTREE_LOCKED: ({ mainCheckout, path, locked }: Registered & { locked?: string | undefined }) => ({
    message: `The worktree ${path} is locked${locked ? `: ${locked}` : ''}`,
    hints: [`To unlock it, run \`git -C ${shellWord(mainCheckout)} worktree unlock ${shellWord(path)}\``],
    kind: 'refused',
  }),
  WORKTREE_IS_MAIN: ({ path }: { path: string }) => ({
    message: `${path} is the main checkout, which holds the repository; it is never removed`,
    kind: 'refused',
  }),
  WORKTREE_UNREGISTERED: ({ path }: { path: string }) => ({
    message: `${path} is not a worktree of this repository, so what is in it was left alone`,
    hints: [`To move it out of the way, run \`mv ${shellWord(path)} ${shellWord(`${path}.old`)}\``],
    kind: 'refused',
  }),
  WORKTREE_BROKEN: ({ mainCheckout, path }: Registered) => ({
    message: `The worktree ${path} has lost its link to the repository, so its work cannot be checked`,
    hints: [
      `To repair the link, run \`git -C ${shellWord(mainCheckout)} worktree repair ${shellWord(path)}\``,
    ],
    kind: 'refused',
  }),
  WORKTREE_HAS_WORK: ({ path, environment, losses, uncommitted }: Work) => ({
    message: `The worktree ${path} has work that would be lost (${losses.join(', ')}); nothing was removed`,
    details: shown(uncommitted),
    hints: [
      `To remove it with that work, run \`piko destroy ${shellWord(environment)} --force\``,
      `To see the work, run \`git -C ${shellWord(path)} status\``,
    ],
    kind: 'refused',
  }),
  WORKTREE_FILES_FOREIGN: ({ path, foreign, untouched, cause }: Foreign) => {
    const [first = path, ...others] = foreign
    const more = others.length === 0 ? '' : ` and ${others.length} more`
    const after = untouched ? 'nothing was removed' : 'the rest is removed in part'
    const words = foreign.slice(0, MAX_SHOWN).map(shellWord)
    return {
      message: `${first}${more} cannot be removed by this user; ${after}, and the worktree ${path} is still registered`,
      details: shown(foreign),
      hints: [`To remove what containers left there, run \`sudo rm -rf ${words.join(' ')}\``],
      cause,
    }
  },
  DEPENDENCIES_COPY_FAILED: ({ source, exitCode, stderr }: Copy) => ({
    message: `${source} could not be copied to the worktree: \`cp\` ended with exit code ${exitCode}`,
    details: lastLines(stderr),
    hints: ['To leave it out, set `dependencies: {}` in .piko.yml'],
    kind: 'tool',
  }),
  WORKTREE_SUBMODULES_FAILED: ({ mainCheckout, checkout, exitCode, stderr }: Update) => ({
    message: `\`git ${updateSubmodules}\` failed in ${checkout} with exit code ${exitCode}`,
    details: lastLines(stderr),
    hints: [
      `To try it where the repository is, run \`git -C ${shellWord(mainCheckout)} ${updateSubmodules}\``,
    ],
    kind: 'tool',
  }),
  /** A branch may contain links to anywhere. */
  WORKTREE_LINK_LEAVES: ({ path }: { path: string }) => ({
    message: `${path} leads out of the worktree by a symbolic link, which piko does not follow`,
    hints: [`To see where it leads, run \`readlink -f ${shellWord(path)}\``],
    kind: 'refused',
  }),
  WORKTREE_CARRY_PATH: ({ path, reason }: { path: string; reason: string }) => ({
    message: `${JSON.stringify(path)} cannot be copied into a worktree: ${reason}`,
    hints: ['To correct `files:` in .piko.yml, see the paths with `piko config show`'],
  }),
})

function moveBack(from: string, to: string): string {
  return `run \`mv ${shellWord(from)} ${shellWord(to)}\``
}

function shown(paths: readonly string[]): readonly string[] {
  if (paths.length <= MAX_SHOWN) return paths
  return [...paths.slice(0, MAX_SHOWN), `and ${paths.length - MAX_SHOWN} more`]
}

function lastLines(text: string): readonly string[] {
  const lines = text.split('\n').filter(line => line.trim() !== '')
  return lines.slice(-MAX_SHOWN)
}
