import { errorTable } from '@piko/sdk'

type Exit = { command: readonly string[]; stdout: string; stderr: string; exitCode: number; cause: unknown }

export const systemErrors = errorTable({
  TOOL_MISSING: ({ tool, cause }: { tool: string; cause: unknown }) => ({
    message: `\`${tool}\` is not on the PATH`,
    hints: ['To see what is missing and how to get it, run `piko doctor`'],
    kind: 'tool',
    cause,
  }),
  TOOL_FAILED: ({ command, stdout, stderr, exitCode, cause }: Exit) => ({
    message: `\`${command.join(' ')}\` failed with exit code ${exitCode}`,
    details: (stderr.trim() || stdout.trim())
      .split('\n')
      .filter(line => line.trim() !== '')
      .slice(-10),
    kind: 'tool',
    cause,
  }),
  FOLDER_MISSING: ({ tool, folder, cause }: { tool: string; folder: string; cause: unknown }) => ({
    message: `\`${tool}\` could not run: the folder ${folder} does not exist`,
    cause,
  }),
})
