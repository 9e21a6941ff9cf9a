import { labelsOf } from '../labels.js'
import { type Rule, servicesPart } from './rule.js'

/** Labels containers with their owner. */
export const labels: Rule = {
  changes:
    'Every container, network and volume gets the labels `dev.piko.project`, `dev.piko.environment`, `dev.piko.id` and `dev.piko.root`',
  because:
    'nothing without them is ever stopped, removed or counted; images are known by the label that Compose gives them',
  see: '`docker ps --filter label=dev.piko.environment=NAME`',
  apply({ services }, { owner }) {
    const entries = Object.keys(services).map(service => [service, { labels: labelsOf(owner) }] as const)
    return servicesPart(Object.fromEntries(entries), [])
  },
}
