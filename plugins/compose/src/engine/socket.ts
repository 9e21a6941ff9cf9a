import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Engine } from '../contract.js'
import { dockerConfigDir, field, readEngine, readJson } from './current.js'

const defaultHost = 'unix:///var/run/docker.sock'

/** The socket of a local engine; undefined for one that only `docker` can reach (ssh, TLS). */
export async function socketOf(engine: Engine | undefined): Promise<string | undefined> {
  const host = await hostOf(engine ?? (await readEngine()))
  return host?.startsWith('unix://') ? host.slice('unix://'.length) : undefined
}

async function hostOf(engine: Engine): Promise<string | undefined> {
  if ('host' in engine) return engine.host
  return engine.context === 'default' ? defaultHost : readContextHost(engine.context)
}

/** Docker stores a context in a folder named by its hash. Undefined for a damaged one, which docker itself reports. */
async function readContextHost(context: string): Promise<string | undefined> {
  const id = createHash('sha256').update(context).digest('hex')
  const meta = await readJson(join(dockerConfigDir(), 'contexts/meta', id, 'meta.json'))
  const host = field(field(field(meta, 'Endpoints'), 'docker'), 'Host')
  return typeof host === 'string' ? host : undefined
}
