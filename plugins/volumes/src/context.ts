import type { StepContext } from '@piko/sdk'
import type { VolumesConfig } from './config.js'

/** The context of work on an environment's volumes, in a step or a command. */
export type VolumesContext = StepContext<VolumesConfig>
