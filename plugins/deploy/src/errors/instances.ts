import { errorTable } from '@piko/sdk'

export const instanceErrors = errorTable({
  DEPLOY_INSTANCE_UNKNOWN: ({ id }: { id: string }) => ({
    message: `There is no instance ${id}`,
    hints: ['To see all, run `piko instances`'],
    kind: 'usage',
  }),
})
