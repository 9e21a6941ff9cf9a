import { Flags } from '@oclif/core'

/** Settles which environment is meant, where the first word could be a service too. */
export const envFlag = Flags.string({
  summary: 'The environment, where a name alone could be a service',
  helpValue: 'NAME',
})
