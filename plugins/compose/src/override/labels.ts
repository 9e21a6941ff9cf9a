import { labelsOf } from '../labels.js'
import { type Rule, servicesPart } from './rule.js'

/** Containers say whose they are: nothing without these labels is ever stopped, removed or counted. */
export const labels: Rule = ({ services }, { owner }) => {
  const entries = Object.keys(services).map(service => [service, { labels: labelsOf(owner) }] as const)
  return servicesPart(Object.fromEntries(entries), [])
}
