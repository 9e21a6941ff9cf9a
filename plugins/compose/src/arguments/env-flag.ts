import { Flags } from '@oclif/core'

/** Settles which environment is meant, where the first word could be a service too. */
export const envFlag = Flags.string({
  summary: 'Use this environment, if a name could also be a service',
  helpValue: 'NAME',
})
