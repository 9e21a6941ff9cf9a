import { failure, type Failure } from '@piko/sdk'

export function runUnknown(id: string): Failure {
  return failure({
    code: 'RUN_UNKNOWN',
    message: `No installed plugin defines the run ${id}`,
    kind: 'plugin',
  })
}

export function noEnvironment(run: string): Failure {
  return failure({
    code: 'RUN_HAS_NO_ENVIRONMENT',
    message: `${run} is not about an environment`,
    kind: 'bug',
  })
}

export function answerNeeded(question: string): Failure {
  return failure({
    code: 'ANSWER_NEEDED',
    message: `Cannot ask without a terminal: ${question}`,
    hints: ['To skip the question, add `--yes`'],
    kind: 'refused',
  })
}

export function leftAsItIs(): Failure {
  return failure({ code: 'RUN_DECLINED', message: 'Canceled; nothing was changed', kind: 'refused' })
}
