import type { Warning } from '@piko/sdk'
import { variableNames } from '../contributes.js'
import type { Finding } from './warnings.js'

/** Variables that have no value, and services whose own variables would have one name. */
export const variables: Finding = (model, { unset }) => [
  ...unset.map((name): Warning => {
    const hints = [`To set it for every environment, add it to \`env:\` in .piko.yml or to .env`]
    return {
      code: 'COMPOSE_VARIABLE_UNSET',
      message: `The Compose files use ${name}, which has no value`,
      hints,
    }
  }),
  ...variableNames(model).flatMap(({ name, service, twin }): readonly Warning[] => {
    if (twin === undefined) return []
    const message = `The services ${twin} and ${service} would both set ${name}; it is the port of ${twin}`
    return [{ code: 'COMPOSE_VARIABLE_TWICE', message, service }]
  }),
]
