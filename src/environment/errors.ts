import { failure, type Failure } from '@piko/sdk'

export function environmentTaken(facts: { name: string; status: string }): Failure {
  const { name, status } = facts
  return failure({
    code: 'ENVIRONMENT_TAKEN',
    message: `Environment ${name} already exists (${status})`,
    hints: [
      `To start afresh, run \`piko destroy ${name}\``,
      status === 'running'
        ? `To go there, run \`cd "$(piko path ${name})"\``
        : `To start it, run \`piko up ${name}\``,
    ],
  })
}

export function slugTaken(facts: { name: string; branch: string; other: string }): Failure {
  return failure({
    code: 'ENVIRONMENT_NAME_TAKEN',
    message: `The branches ${facts.branch} and ${facts.other} would share the environment name ${facts.name}`,
    hints: [`To use another name for it, run \`piko create ${facts.name}-2 --branch ${facts.branch}\``],
  })
}

export function branchTaken(facts: { branch: string; environment: string }): Failure {
  return failure({
    code: 'ENVIRONMENT_BRANCH_TAKEN',
    message: `The branch ${facts.branch} already has an environment: ${facts.environment}`,
    hints: [`To start it, run \`piko up ${facts.environment}\``],
  })
}

export function environmentUnknown(facts: {
  name: string
  nearest: string | undefined
  known: readonly string[]
}): Failure {
  const { name, nearest, known } = facts
  return failure({
    code: 'ENVIRONMENT_UNKNOWN',
    message: `There is no environment ${name}${nearest ? `; the nearest is ${nearest}` : ''}`,
    hints: [
      ...(known.length > 0 ? ['To see the environments of this project, run `piko list`'] : []),
      `To create it, run \`piko create ${name}\``,
    ],
  })
}

export function environmentUnnamed(known: readonly string[]): Failure {
  const [first] = known
  return failure({
    code: 'ENVIRONMENT_UNNAMED',
    message: 'No environment given, and this folder is not in the worktree of one',
    hints: [
      first === undefined
        ? 'To create an environment, run `piko create my-branch`'
        : `To see the environments of this project, such as ${first}, run \`piko list\``,
    ],
    kind: 'usage',
  })
}

export function targetAmbiguous(facts: { word: string; here: string }): Failure {
  const { word, here } = facts
  return failure({
    code: 'TARGET_AMBIGUOUS',
    message: `${word} is the name of an environment and could be a service of ${here}`,
    hints: [
      `To name the environment, add \`--env ${word}\``,
      `To name what is in ${here}, add \`--env ${here}\``,
    ],
    kind: 'usage',
  })
}

export function workWouldBeLost(facts: {
  name: string
  what: readonly string[]
  /** The commands that show it. */
  hints: readonly string[]
  deleteBranch: boolean
}): Failure {
  const { name, what, hints, deleteBranch } = facts
  return failure({
    code: 'WORK_WOULD_BE_LOST',
    message: `The environment ${name} has work that would be lost; nothing was changed`,
    details: what,
    hints: [
      ...hints,
      `To destroy it with that work, run \`piko destroy ${name} --force${deleteBranch ? ' --delete-branch' : ''}\``,
    ],
    kind: 'refused',
  })
}

export function dataWouldBeLost(facts: {
  name: string
  what: readonly string[]
  /** The flags of the call, which a second one needs too: `--force`. */
  flags: readonly string[]
}): Failure {
  const command = ['piko destroy', facts.name, ...facts.flags, '--yes'].join(' ')
  return failure({
    code: 'DATA_WOULD_BE_LOST',
    message: `Destroying ${facts.name} removes data; nothing was changed`,
    details: facts.what,
    hints: [
      `To keep the data, run \`${command} --keep-volumes\``,
      `To destroy it with its data, run \`${command}\``,
    ],
    kind: 'refused',
  })
}

export function declined(name: string): Failure {
  return failure({ code: 'DESTROY_DECLINED', message: `Canceled; ${name} was not changed`, kind: 'refused' })
}

export function scriptFailed(facts: {
  script: string
  command: string
  exitCode: number
  lines: readonly string[]
}): Failure {
  return failure({
    code: 'SCRIPT_FAILED',
    message: `\`scripts.${facts.script}\` (${facts.command}) failed with exit code ${facts.exitCode}`,
    details: facts.lines,
    kind: 'state',
  })
}

export function scriptMissing(name: string): Failure {
  return failure({
    code: 'SCRIPT_MISSING',
    message: '.piko.yml has no `scripts.run`, and no command was given',
    hints: [`To run a command in the environment, put it after \`--\`: \`piko run ${name} -- npm test\``],
    kind: 'usage',
  })
}

interface StepRow {
  readonly step: string
  readonly plugin: string
  readonly packageName: string
}

interface OutOfReach {
  /** The environment. */
  readonly name: string
  /** What would have taken back: "piko destroy". */
  readonly command: string
}

export function pluginsGone({
  name,
  command,
  rows,
}: OutOfReach & { readonly rows: readonly StepRow[] }): Failure {
  const plugins = [...new Set(rows.map(({ plugin }) => plugin))]
  const packages = [...new Set(rows.map(({ packageName }) => packageName))]
  return failure({
    code: 'ENVIRONMENT_PLUGIN_GONE',
    message: `The environment ${name} has steps of ${plugins.join(', ')}, which ${plugins.length === 1 ? 'is' : 'are'} not installed`,
    details: [...rows.map(({ step }) => step), 'Nothing was undone'],
    hints: [
      `To leave in place what they created, run \`${command} ${name} --forget\``,
      `To undo it, run \`piko plugins install ${packages.join(' ')}\`, then \`${command} ${name}\``,
    ],
    kind: 'plugin',
  })
}

export function pluginsBroken({
  name,
  command,
  broken,
}: OutOfReach & {
  readonly broken: readonly { readonly name: string; readonly packageName: string; readonly error: Failure }[]
}): Failure {
  return failure({
    code: 'ENVIRONMENT_PLUGIN_BROKEN',
    message: `The environment ${name} has steps of ${broken.map(plugin => plugin.name).join(', ')}, which cannot be used`,
    details: [...broken.map(({ error }) => error.message), 'Nothing was undone'],
    hints: [
      `To leave in place what they created, run \`${command} ${name} --forget\``,
      `To undo it, install what works: \`piko plugins install ${broken.map(({ packageName }) => packageName).join(' ')}\``,
    ],
    kind: 'plugin',
  })
}

/** Shown, never thrown: what is asked has a time limit. */
export function stateLate(): Failure {
  return failure({
    code: 'STATE_LATE',
    message: 'The engine did not answer in time',
    hints: ['To wait longer for one environment, run `piko status NAME`'],
    kind: 'tool',
  })
}

export function configThere(file: string): Failure {
  return failure({
    code: 'CONFIG_THERE',
    message: `${file} already exists; nothing was changed`,
    hints: ['To check it, run `piko config check`'],
    kind: 'refused',
  })
}
