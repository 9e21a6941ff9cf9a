import { failure, type Failure, type Warning } from '@piko/sdk'

interface Facts {
  readonly process: string
  readonly log: string
}

export function processEnded(
  facts: Facts & { readonly code: number; readonly lines: readonly string[] },
): Failure {
  return failure({
    code: 'PROCESSES_ENDED',
    message: `The process ${facts.process} ended with exit code ${facts.code}`,
    details: facts.lines,
    hints: [`To see all that it said, run \`less ${facts.log}\``],
    kind: 'tool',
  })
}

export function supervisorEnded(facts: Facts): Failure {
  return failure({
    code: 'PROCESSES_SUPERVISOR_ENDED',
    message: `The process ${facts.process} could not be started`,
    hints: [`To see why, run \`less ${facts.log}\``],
    kind: 'tool',
  })
}

export function processUndying(facts: { readonly process: string; readonly group: number }): Failure {
  return failure({
    code: 'PROCESSES_UNDYING',
    message: `The process ${facts.process} does not end, not even when killed`,
    hints: [`To see what is left of it, run \`ps -g ${facts.group}\``],
    kind: 'tool',
  })
}

export function processUnknown(name: string, known: readonly string[]): Failure {
  return failure({
    code: 'PROCESSES_UNKNOWN',
    message: `${name} is no process of this project`,
    hints: [`Its processes are ${known.join(', ') || 'none'}`],
    kind: 'usage',
  })
}

export function processSilent(facts: Facts & { readonly port: number; readonly seconds: number }): Warning {
  return {
    code: 'PROCESSES_SILENT',
    message: `The process ${facts.process} runs, but nothing listened on its port ${facts.port} within ${facts.seconds} seconds`,
    hints: [
      'A process has to listen on the port that `$PORT` names',
      `To see what it said, run \`less ${facts.log}\``,
    ],
    service: facts.process,
  }
}
