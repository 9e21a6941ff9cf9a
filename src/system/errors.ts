import { failure, type Failure } from '@piko/sdk'

export function toolMissing(tool: string, cause: unknown): Failure {
  return failure({
    code: 'TOOL_MISSING',
    message: `\`${tool}\` is not on the PATH`,
    hints: ['To see what is missing and how to get it, run `piko doctor`'],
    kind: 'tool',
    cause,
  })
}

export function toolFailed(
  command: readonly string[],
  result: { stdout: string; stderr: string; exitCode: number; cause: unknown },
): Failure {
  const lines = (result.stderr.trim() || result.stdout.trim()).split('\n')
  return failure({
    code: 'TOOL_FAILED',
    message: `\`${command.join(' ')}\` failed with exit code ${result.exitCode}`,
    details: lines.filter(line => line.trim() !== '').slice(-10),
    kind: 'tool',
    cause: result.cause,
  })
}

export function folderMissing(tool: string, facts: { folder: string; cause: unknown }): Failure {
  return failure({
    code: 'FOLDER_MISSING',
    message: `\`${tool}\` could not run: the folder ${facts.folder} does not exist`,
    cause: facts.cause,
  })
}
