import { errorTable, shellWord } from '@piko/sdk'

type Program = { window: string; command: string }
type Busy = { environment: string; session: string; busy: readonly Program[] }
type Elsewhere = { environment: string; root: string; around: string }

export const sessionErrors = errorTable({
  TMUX_SESSION_FOREIGN: ({ name }: { name: string }) => ({
    message: `The tmux session ${name} already exists and is not piko's; it was left alone`,
    hints: [
      'To do without a session, set `plugins: { tmux: false }` in .piko.yml',
      `To continue, rename that one: \`tmux rename-session -t ${shellWord(`=${name}`)} mine\``,
    ],
    kind: 'refused',
  }),
  TMUX_SESSION_ENDED: ({ name }: { name: string }) => ({
    message: `The tmux session ${name} ended as soon as it was created`,
    hints: ['To see why, run `tmux new-session` and look at the shell that it starts'],
    kind: 'tool',
  }),
  TMUX_SESSION_BUSY: ({ environment, session, busy }: Busy) => ({
    message: `A program runs in the tmux session ${session}; nothing was changed`,
    details: busy.map(({ window, command }) => `window ${window}: ${command}`),
    hints: [
      `To look at it, run \`piko attach ${environment}\``,
      `To destroy the environment anyway, run \`piko destroy ${environment} --force\``,
    ],
    kind: 'refused',
  }),
  TMUX_SESSION_INSIDE: ({ session }: { session: string }) => ({
    message: `piko runs inside the tmux session ${session}, which would end during the command`,
    hints: [
      'To go to another session and run the command there, run `tmux switch-client -l`',
      'To leave it and run the command outside, run `tmux detach-client`',
    ],
    kind: 'refused',
  }),
  /** Without `environment`, for the whole project. */
  TMUX_SESSION_MISSING: ({ environment }: { environment?: string }) =>
    environment === undefined
      ? {
          message: 'No environment of this project has a tmux session',
          hints: ['To see the environments, run `piko list`', 'To create one, run `piko create my-branch`'],
        }
      : {
          message: `The environment ${environment} has no tmux session`,
          hints: [`To start it and open one, run \`piko up ${environment}\``],
        },
  TMUX_NO_TERMINAL: ({ environment }: { environment: string }) => ({
    message: 'Cannot attach without a terminal',
    hints: [`To go there, run \`piko attach ${environment}\` on a terminal`],
    kind: 'usage',
  }),
  /** `around`: the server of this terminal. */
  TMUX_OTHER_SERVER: ({ environment, root, around }: Elsewhere) => {
    const command = `cd ${shellWord(root)} && piko attach ${environment}`
    return {
      message: `This terminal is in another tmux server (${around}), which cannot show the session of ${environment}`,
      hints: [`To switch to it, run \`tmux detach-client -E ${shellWord(command)}\``],
      kind: 'usage',
    }
  },
})
