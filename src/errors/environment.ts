import { errorTable, type Failure, shellWord } from '@piko/sdk'

type Taken = { name: string; status: string; isRunning: boolean }
type Unknown = { name: string; nearest: string | undefined; hasOthers: boolean }
/** `environment`: one that has the service. */
type ServiceFirst = { word: string; environment: string }
type Loss = { name: string; what: readonly string[] }
/** `command`: the call with its flags, without `--force`. */
type WorkLoss = Loss & { hints: readonly string[]; command: string }
type Ended = { script: string; command: string; exitCode: number; lines: readonly string[] }
/** `command`: the command that would have undone the steps, such as "piko destroy". */
type OutOfReach = { name: string; command: string }
/** `removal`: the command that removes it. */
type Remains = { name: string; count: string; details: readonly string[]; removal: string }
type StepRow = { step: string; plugin: string; packageName: string }
type Broken = { name: string; packageName: string; error: Failure }

export const environmentErrors = errorTable({
  ENVIRONMENT_TAKEN: ({ name, status, isRunning }: Taken) => ({
    message: `Environment ${name} already exists (${status})`,
    hints: [
      isRunning ? `To go there, run \`cd "$(piko path ${name})"\`` : `To start it, run \`piko up ${name}\``,
      `To remove it, run \`piko destroy ${name}\``,
    ],
  }),
  ENVIRONMENT_NAME_TAKEN: ({ name, branch, other }: { name: string; branch: string; other: string }) => ({
    message: `The branches ${branch} and ${other} would share the environment name ${name}`,
    hints: [`To use another name for it, run \`piko create ${name}-2 --branch ${branch}\``],
  }),
  ENVIRONMENT_BRANCH_TAKEN: ({ branch, environment }: { branch: string; environment: string }) => ({
    message: `The branch ${branch} already has an environment: ${environment}`,
    hints: [`To start it, run \`piko up ${environment}\``],
  }),
  ENVIRONMENT_UNKNOWN: ({ name, nearest, hasOthers }: Unknown) => ({
    message: `There is no environment ${name}${nearest ? `; the nearest is ${nearest}` : ''}`,
    hints: [
      ...(hasOthers ? ['To see the environments of this project, run `piko list`'] : []),
      `To create it, run \`piko create ${name}\``,
    ],
  }),
  ENVIRONMENT_IS_SERVICE: ({ word, environment }: ServiceFirst) => ({
    message: `There is no environment ${word}; to name the service, put an environment before it: ${environment} ${word}`,
    hints: ['To see the environments of this project, run `piko list`'],
    kind: 'usage',
  }),
  ENVIRONMENT_UNNAMED: ({ example }: { example: string | undefined }) => ({
    message: 'No environment given, and this folder is not in the worktree of one',
    hints: [
      example === undefined
        ? 'To create an environment, run `piko create my-branch`'
        : `To see the environments of this project, such as ${example}, run \`piko list\``,
    ],
    kind: 'usage',
  }),
  /** The path may be wrong, and what is there anyone's. */
  ENVIRONMENT_PATH_FOREIGN: ({ name, path, root }: { name: string; path: string; root: string }) => ({
    message: `${path} is not a worktree of this repository, so it is not used as that of ${name}`,
    hints: [
      `To see git's worktrees, run \`git -C ${shellWord(root)} worktree list\``,
      `To move it out of the way, run \`mv ${shellWord(path)} ${shellWord(`${path}.old`)}\``,
      `To register it again if it was one, run \`git -C ${shellWord(root)} worktree repair ${shellWord(path)}\``,
    ],
    kind: 'refused',
  }),
  TARGET_AMBIGUOUS: ({ word, here }: { word: string; here: string }) => ({
    message: `${word} is the name of an environment and could be a service of ${here}`,
    hints: [
      `To name the environment, add \`--env ${word}\``,
      `To name what is in ${here}, add \`--env ${here}\``,
    ],
    kind: 'usage',
  }),
  /** `hints`: the commands that show the work. */
  WORK_WOULD_BE_LOST: ({ name, what, hints, command }: WorkLoss) => ({
    message: `The environment ${name} has work that would be lost; nothing was changed`,
    details: what,
    hints: [...hints, `To destroy it with that work, run \`${command} --force\``],
    kind: 'refused',
  }),
  /** `command`: the call with `--yes` and its other flags. */
  DATA_WOULD_BE_LOST: ({ name, what, command }: Loss & { command: string }) => ({
    message: `Destroying ${name} removes data; nothing was changed`,
    details: what,
    hints: [
      `To keep the data, run \`${command} --keep-volumes\``,
      `To destroy it with its data, run \`${command}\``,
    ],
    kind: 'refused',
  }),
  /** `command`: the call with `--yes`. */
  PRUNE_UNCONFIRMED: ({ lines, command }: { lines: readonly string[]; command: string }) => ({
    message: 'Cannot ask without a terminal; nothing was removed',
    details: lines,
    hints: [`To remove them, run \`${command}\``],
    kind: 'refused',
  }),
  PRUNE_DECLINED: { message: 'Canceled; nothing was removed', kind: 'refused' },
  PRUNE_AGE_INVALID: ({ age }: { age: string }) => ({
    message: `${age} is not an age, such as 14d, 2w or 36h`,
    hints: ['To see what an age would remove, run `piko prune --older 14d --dry-run`'],
    kind: 'usage',
  }),
  /** `failed`: environments, with the first error of each. */
  PRUNE_INCOMPLETE: ({ failed }: { failed: readonly { name: string; error: Error }[] }) => ({
    message: `${failed.map(({ name }) => name).join(', ')} could not be removed`,
    details: failed.map(({ name, error }) => `${name}: ${error.message}`),
    hints: failed.map(({ name }) => `To see why, run \`piko destroy ${name}\``),
    kind: 'incomplete',
    cause: failed[0]?.error,
  }),
  DESTROY_DECLINED: ({ name }: { name: string }) => ({
    message: `Canceled; ${name} was not changed`,
    kind: 'refused',
  }),
  ENVIRONMENT_PLUGIN_GONE: ({ name, command, rows }: OutOfReach & { rows: readonly StepRow[] }) => {
    const plugins = [...new Set(rows.map(({ plugin }) => plugin))]
    const packages = [...new Set(rows.map(({ packageName }) => packageName))]
    return {
      message: `The environment ${name} has steps of ${plugins.join(', ')}, which ${plugins.length === 1 ? 'is' : 'are'} not installed`,
      details: [...rows.map(({ step }) => step), 'Nothing was undone'],
      hints: [
        `To leave in place what they created, run \`${command} ${name} --forget\``,
        `To undo it, run \`piko plugins install ${packages.join(' ')}\`, then \`${command} ${name}\``,
      ],
      kind: 'plugin',
    }
  },
  ENVIRONMENT_PLUGIN_BROKEN: ({ name, command, broken }: OutOfReach & { broken: readonly Broken[] }) => ({
    message: `The environment ${name} has steps of ${broken.map(plugin => plugin.name).join(', ')}, which cannot be used`,
    details: [...broken.map(({ error }) => error.message), 'Nothing was undone'],
    hints: [
      `To leave in place what they created, run \`${command} ${name} --forget\``,
      `To undo it, install what works: \`piko plugins install ${broken.map(({ packageName }) => packageName).join(' ')}\``,
    ],
    kind: 'plugin',
  }),
  ENVIRONMENT_REMAINS: ({ name, count, details, removal }: Remains) => ({
    message: `${name} is still recorded, since ${count} that it made still exist`,
    details,
    hints: [`To remove them, run \`${removal}\``, `Then, to forget it, run \`piko destroy ${name}\``],
    kind: 'refused',
  }),
  SCRIPT_FAILED: ({ script, command, exitCode, lines }: Ended) => ({
    message: `\`scripts.${script}\` (${command}) failed with exit code ${exitCode}`,
    details: lines,
    kind: 'state',
  }),
  SCRIPT_MISSING: ({ name }: { name: string }) => ({
    message: '.piko.yml has no `scripts.run`, and no command was given',
    hints: [`To run a command in the environment, put it after \`--\`: \`piko run ${name} -- npm test\``],
    kind: 'usage',
  }),
  /** Shown, never thrown: the query has a time limit. */
  STATE_LATE: {
    message: 'The engine did not answer in time',
    hints: ['To wait longer for one environment, run `piko status NAME`'],
    kind: 'tool',
  },
  CONFIG_THERE: ({ file }: { file: string }) => ({
    message: `${file} already exists; nothing was changed`,
    hints: ['To check it, run `piko config check`'],
    kind: 'refused',
  }),
})
