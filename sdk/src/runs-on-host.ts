/**
 * Marks a key of a configuration schema whose value is a command for this machine: the user approves it before it first
 * runs. It belongs in the JSON Schema, with zod as `z.string().meta(runsOnHost)`.
 */
export const runsOnHost = { 'x-runs-on-host': true } as const
