import { type ErrorDetails, failure, type Failure, shellWord } from '@piko/sdk'

/** Every error of this plugin: functions from facts to what is shown. */

export function foreignDetails(name: string): ErrorDetails {
  return {
    code: 'TMUX_SESSION_FOREIGN',
    message: `The tmux session ${name} already exists and is not piko's; it was left alone`,
    hints: [
      'To do without a session, set `plugins: { tmux: false }` in .piko.yml',
      `To continue, rename that one: \`tmux rename-session -t ${shellWord(`=${name}`)} mine\``,
    ],
    kind: 'refused',
  }
}

export function sessionForeign(name: string): Failure {
  return failure(foreignDetails(name))
}

export function sessionEnded(name: string): Failure {
  return failure({
    code: 'TMUX_SESSION_ENDED',
    message: `The tmux session ${name} ended as soon as it was created`,
    hints: ['To see why, run `tmux new-session` and look at the shell that it starts'],
    kind: 'tool',
  })
}

export function busyDetails(facts: {
  readonly environment: string
  readonly session: string
  readonly busy: readonly { readonly window: string; readonly command: string }[]
}): ErrorDetails {
  const { environment, session, busy } = facts
  return {
    code: 'TMUX_SESSION_BUSY',
    message: `A program runs in the tmux session ${session}; nothing was changed`,
    details: busy.map(({ window, command }) => `window ${window}: ${command}`),
    hints: [
      `To look at it, run \`piko attach ${environment}\``,
      `To destroy the environment anyway, run \`piko destroy ${environment} --force\``,
    ],
    kind: 'refused',
  }
}

export function insideDetails(session: string): ErrorDetails {
  return {
    code: 'TMUX_SESSION_INSIDE',
    message: `piko runs inside the tmux session ${session}, which would end during the command`,
    hints: [
      'To go to another session and run the command there, run `tmux switch-client -l`',
      'To leave it and run the command outside, run `tmux detach-client`',
    ],
    kind: 'refused',
  }
}

export function sessionInside(session: string): Failure {
  return failure(insideDetails(session))
}

export function sessionMissing(environment: string): Failure {
  return failure({
    code: 'TMUX_SESSION_MISSING',
    message: `The environment ${environment} has no tmux session`,
    hints: [`To start it and open one, run \`piko up ${environment}\``],
  })
}

export function sessionsMissing(): Failure {
  return failure({
    code: 'TMUX_SESSION_MISSING',
    message: 'No environment of this project has a tmux session',
    hints: ['To see the environments, run `piko list`', 'To create one, run `piko create my-branch`'],
  })
}

export function terminalMissing(environment: string): Failure {
  return failure({
    code: 'TMUX_NO_TERMINAL',
    message: 'Cannot attach without a terminal',
    hints: [`To go there, run \`piko attach ${environment}\` on a terminal`],
    kind: 'usage',
  })
}

export function otherServer(facts: {
  readonly environment: string
  readonly root: string
  readonly around: string
}): Failure {
  const { environment, root, around } = facts
  const command = `cd ${shellWord(root)} && piko attach ${environment}`
  return failure({
    code: 'TMUX_OTHER_SERVER',
    message: `This terminal is in another tmux server (${around}), which cannot show the session of ${environment}`,
    hints: [`To switch to it, run \`tmux detach-client -E ${shellWord(command)}\``],
    kind: 'usage',
  })
}
