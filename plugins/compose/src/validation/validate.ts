import { relative } from 'node:path'
import type { Model } from '../contract.js'
import { fileErrors } from '../errors/files.js'

/** Throws for values that Compose accepts silently and that then fail at `up`, naming files and services. */
export function validate(model: Model): void {
  const files = model.files.map(file => relative(model.directory, file))
  for (const [network, { driver = '', external }] of Object.entries(model.networks)) {
    if (!external && single.has(driver)) throw fileErrors.COMPOSE_NETWORK_DRIVER({ files, network, driver })
  }
}

/** Drivers that allow only one network per engine. */
const single: ReadonlySet<string> = new Set(['host', 'none', 'null'])
