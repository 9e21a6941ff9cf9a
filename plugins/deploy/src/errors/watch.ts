import { errorTable } from '@piko/sdk'

export const watchErrors = errorTable({
  DEPLOY_WATCH_RUNNING: ({ pid, root }: { pid: string; root: string }) => ({
    message: `This machine already has a watcher: process ${pid}, in ${root}`,
    hints: ['To look once, as from cron, run `piko deploy watch --once`', `To end it, run \`kill ${pid}\``],
    kind: 'refused',
  }),
  DEPLOY_WATCH_NOTHING: {
    message: 'No stage is to be deployed by itself',
    hints: ['To let one, run `piko stage update NAME --auto`'],
  },
  DEPLOY_WATCH_FAILED: ({ problems }: { problems: readonly string[] }) => ({
    message: `${problems.length === 1 ? 'A stage' : `${problems.length} stages`} could not be brought up to date`,
    details: problems,
    hints: ['To see the deploys, run `piko deploys`'],
    kind: 'tool',
  }),
})
