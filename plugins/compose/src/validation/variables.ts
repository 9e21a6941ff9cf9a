import type { Warning } from '@piko/sdk'
import { variableNames } from '../contract/variables.js'
import type { Finding } from './finding.js'

/** Services whose variables would have the same name. */
export const variableNamesTwice: Finding = {
  stays: 'two services whose names make one variable (`a-b` and `a_b`: `PIKO_A_B_PORT`)',
  because: 'the first one has it',
  codes: ['COMPOSE_VARIABLE_TWICE'],
  find: model =>
    variableNames(model).flatMap(({ name, service, twin }): readonly Warning[] => {
      if (twin === undefined) return []
      const message = `The services ${twin} and ${service} would both set ${name}; it is the port of ${twin}`
      return [{ code: 'COMPOSE_VARIABLE_TWICE', message, service }]
    }),
}

/** Variables of the files that have no value. */
export function unsetVariables(names: readonly string[]): readonly Warning[] {
  return names.map(name => ({
    code: 'COMPOSE_VARIABLE_UNSET',
    message: `The Compose files use ${name}, which has no value`,
    hints: ['To set it for every environment, add it to `env:` in .piko.yml or to .env'],
  }))
}
