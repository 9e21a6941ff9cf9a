import type { StepContext } from '@piko/sdk'
import type { VolumesConfig } from './config.js'

/** What the work on an environment's volumes is given, by a step or by a command. */
export type VolumesContext = StepContext<VolumesConfig>
