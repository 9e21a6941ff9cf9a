import { relative } from 'node:path'
import type { Model } from '../contract.js'
import { fileErrors } from '../errors/files.js'

/** Throws for what Compose reads without a word and then fails at `up`, naming files and services. */
export function validate(model: Model): void {
  const files = model.files.map(file => relative(model.directory, file))
  for (const [network, { driver = '', external }] of Object.entries(model.networks)) {
    if (!external && single.has(driver)) throw fileErrors.COMPOSE_NETWORK_DRIVER({ files, network, driver })
  }
}

/** Drivers of which an engine has one network and makes no second. */
const single: ReadonlySet<string> = new Set(['host', 'none', 'null'])
