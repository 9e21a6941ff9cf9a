import { Flags } from '@oclif/core'

/** Selects the environment when the first word could also be a service. */
export const envFlag = Flags.string({
  summary: 'Use this environment, if a name could also be a service',
  helpValue: 'NAME',
})
