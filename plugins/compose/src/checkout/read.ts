import type { Resolved } from './fetch.js'
import { locate } from '../model/leaving.js'
import type { Invocation, Model, Selection } from '../contract.js'
import { present } from '../model/present.js'
import type { RawProject } from '../model/raw.js'
import { readNetwork } from '../model/read-network.js'
import type { Reading } from '../model/reading.js'
import { readService } from '../model/read-service.js'
import { readSources } from '../model/read-sources.js'

/** Builds the model from Compose's output and claims every name. Ports are assigned later. */
export function readModel(
  invocation: Invocation,
  resolved: Resolved,
  {
    roots,
    claim,
    hasVariable,
    selection,
  }: Omit<Reading, 'project'> & { readonly selection?: Selection | undefined },
): Model {
  const { whole, active, written } = resolved
  const reading = { project: invocation.project, roots, claim, hasVariable }
  const isHost = (key: string) =>
    whole.networks[key]?.external === true && whole.networks[key].name === 'host'
  return {
    ...invocation,
    services: mapValues(whole.services, (raw, name) => ({
      ...readService(raw, { name, roots, written: written?.services[name], isHost }),
      active: name in active.services,
      engineName: claim('container', `${invocation.project}-${name}`),
    })),
    networks: mapValues(whole.networks, (raw, key) => readNetwork(raw, key, reading)),
    volumes: mapValues(whole.volumes, (raw, key) => readVolume(raw, key, reading)),
    ...present({ selection }),
    sources: readSources(active, {
      locate: (path, kind, name) => locate(path, { roots, written: written?.[kind][name]?.file }),
      hasVariable,
    }),
  }
}

function readVolume(raw: RawProject['volumes'][string], key: string, { project, claim }: Reading) {
  const external = raw.external ?? false
  return {
    external,
    name: raw.name,
    engineName: external ? raw.name : claim('volume', `${project}-${key}`),
    ...present({ driver: raw.driver }),
    options: raw.driver_opts ?? {},
    labels: raw.labels ?? {},
  }
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From, key: string) => To) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))
}
