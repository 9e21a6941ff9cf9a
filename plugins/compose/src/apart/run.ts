import { defineRun } from '@piko/sdk'
import { apartRun } from '../contract.js'
import { steps } from './steps.js'

/** Services of the main checkout that run once, outside of all environments. */
export const apart = defineRun({
  ref: apartRun,
  title: 'Running services apart from environments',
  steps,
})
