import { errorTable } from '@piko/sdk'

export const runErrors = errorTable({
  RUN_UNKNOWN: ({ id }: { id: string }) => ({
    message: `No installed plugin defines the run ${id}`,
    kind: 'plugin',
  }),
  RUN_HAS_NO_ENVIRONMENT: ({ run }: { run: string }) => ({
    message: `${run} is not about an environment`,
    kind: 'bug',
  }),
  ANSWER_NEEDED: ({ question }: { question: string }) => ({
    message: `Cannot ask without a terminal: ${question}`,
    hints: ['To skip the question, add `--yes`'],
    kind: 'refused',
  }),
  RUN_DECLINED: { message: 'Canceled; nothing was changed', kind: 'refused' },
})
