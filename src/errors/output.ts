import { errorTable } from '@piko/sdk'

export const outputErrors = errorTable({
  FORMAT_FIELD_UNKNOWN: ({ field, known }: { field: string; known: readonly string[] }) => ({
    message: `--format has no field ${field === '' ? '{{}}' : field}`,
    details: [`The fields are ${known.join(', ')}`],
    hints: ["To print names and URLs, run `piko list --format '{{name}} {{url}}'`"],
    kind: 'usage',
  }),
})
