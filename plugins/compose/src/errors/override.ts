import { errorTable } from '@piko/sdk'

type Together = { environment: string; problems: readonly string[] }

export const overrideErrors = errorTable({
  COMPOSE_NOT_ISOLATED: ({ environment, problems }: Together) => ({
    message: `The Compose project of ${environment} would not be isolated: ${problems[0] ?? ''}`,
    details: problems,
    hints: ['To see what piko changes, look at docker-compose.piko.yml in the worktree'],
    kind: 'bug',
  }),
  COMPOSE_FILE_FOREIGN: ({ path }: { path: string }) => ({
    message: `${path} exists, and piko did not write it`,
    hints: ['To continue, rename or remove that file'],
    kind: 'refused',
  }),
  COMPOSE_OVERRIDE_CONFLICT: ({ path, plugins }: { path: string; plugins: readonly string[] }) => ({
    message: `The plugins ${plugins.join(' and ')} both set ${path} in the Compose override`,
    kind: 'plugin',
  }),
})
