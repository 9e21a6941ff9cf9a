import { failure, type Failure } from '@piko/sdk'

export function formatFieldUnknown(field: string, known: readonly string[]): Failure {
  return failure({
    code: 'FORMAT_FIELD_UNKNOWN',
    message: `--format has no field ${field === '' ? '{{}}' : field}`,
    details: [`The fields are ${known.join(', ')}`],
    hints: ["To print names and URLs, run `piko list --format '{{name}} {{url}}'`"],
    kind: 'usage',
  })
}
