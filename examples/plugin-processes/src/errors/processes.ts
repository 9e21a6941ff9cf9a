import { errorTable, warningTable } from '@piko/sdk'

type Logged = { process: string; log: string }
type Ended = Logged & { code: number; lines: readonly string[] }
type Silent = Logged & { port: number; seconds: number }

export const processErrors = errorTable({
  PROCESSES_ENDED: ({ process, log, code, lines }: Ended) => ({
    message: `The process ${process} ended with exit code ${code}`,
    details: lines,
    hints: [`To see all that it said, run \`less ${log}\``],
    kind: 'tool',
  }),
  PROCESSES_SUPERVISOR_ENDED: ({ process, log }: Logged) => ({
    message: `The process ${process} could not be started`,
    hints: [`To see why, run \`less ${log}\``],
    kind: 'tool',
  }),
  PROCESSES_UNDYING: ({ process, group }: { process: string; group: number }) => ({
    message: `The process ${process} does not end, not even when killed`,
    hints: [`To see what is left of it, run \`ps -g ${group}\``],
    kind: 'tool',
  }),
  PROCESSES_UNKNOWN: ({ name, known }: { name: string; known: readonly string[] }) => ({
    message: `${name} is no process of this project`,
    hints: [`Its processes are ${known.join(', ') || 'none'}`],
    kind: 'usage',
  }),
})

export const processWarnings = warningTable({
  PROCESSES_SILENT: ({ process, log, port, seconds }: Silent) => ({
    message: `The process ${process} runs, but nothing listened on its port ${port} within ${seconds} seconds`,
    hints: [
      'A process has to listen on the port that `$PORT` names',
      `To see what it said, run \`less ${log}\``,
    ],
    service: process,
  }),
})
