import type { Invocation, Model, Network, Port, Service, Source, Volume } from './model.js'
import type { Resolved } from './fetch.js'
import type { RawPort, RawProject, RawService } from './raw.js'

/** Gives a thing of this environment its name on the engine. */
export type Claim = (namespace: 'container' | 'network' | 'volume', wanted: string) => string

/** Makes the model out of what Compose answered, with every name claimed; ports are assigned later. */
export function readModel(invocation: Invocation, resolved: Resolved, claim: Claim): Model {
  const { whole, active } = resolved
  const named = { project: invocation.project, claim }
  return {
    ...invocation,
    services: mapValues(whole.services, (raw, name) => ({
      ...readService(raw, name),
      active: name in active.services,
      engineName: claim('container', `${invocation.project}-${name}`),
    })),
    networks: mapValues(whole.networks, (raw, key) => readNetwork(raw, { ...named, key })),
    volumes: mapValues(whole.volumes, (raw, key) => readVolume(raw, { ...named, key })),
    sources: readSources(active),
  }
}

export function replicasOf(raw: RawService): number {
  return raw.scale ?? raw.deploy?.replicas ?? 1
}

function readService(raw: RawService, name: string): Omit<Service, 'active' | 'engineName'> {
  return {
    ...present({
      image: raw.image,
      containerName: raw.container_name,
      networkMode: raw.network_mode,
      pid: raw.pid,
      ipc: raw.ipc,
    }),
    ...(raw.build ? { build: present({ context: raw.build.context }) } : {}),
    profiles: raw.profiles ?? [],
    volumesFrom: raw.volumes_from ?? [],
    externalLinks: raw.external_links ?? [],
    networks: mapValues(raw.networks ?? {}, spec => ({
      aliases: spec?.aliases ?? [],
      addresses: present({ ipv4_address: spec?.ipv4_address, ipv6_address: spec?.ipv6_address }),
    })),
    ports: readPorts(raw.ports ?? [], name),
    mounts: (raw.volumes ?? []).map(({ type, source, target, read_only }) => ({
      type,
      ...present({ source, target }),
      readOnly: read_only ?? false,
    })),
    replicas: replicasOf(raw),
    dependsOn: mapValues(raw.depends_on ?? {}, ({ condition, required }) => ({
      condition,
      required: required ?? true,
    })),
    links: raw.links ?? [],
  }
}

/** Two host ports for one container port are two leases; their keys must differ. */
function readPorts(ports: readonly RawPort[], service: string): readonly Port[] {
  const seen = new Map<string, number>()
  return ports.map(port => {
    const protocol = port.protocol === 'udp' ? 'udp' : 'tcp'
    const count = (seen.get(`${port.target}/${protocol}`) ?? 0) + 1
    seen.set(`${port.target}/${protocol}`, count)
    const { published, host_ip: hostIp, app_protocol: appProtocol, name, mode } = port
    return {
      target: port.target,
      protocol,
      ...present({ published: published === '' ? undefined : published, hostIp, appProtocol, name, mode }),
      leasedAs: count === 1 ? service : `${service}#${count}`,
    }
  })
}

interface Naming {
  readonly project: string
  readonly key: string
  readonly claim: Claim
}

function readNetwork(raw: RawProject['networks'][string], { project, key, claim }: Naming): Network {
  const external = raw.external ?? false
  return {
    external,
    name: raw.name,
    engineName: external ? raw.name : claim('network', key === 'default' ? project : `${project}-${key}`),
    ...present({ driver: raw.driver }),
    options: raw.driver_opts ?? {},
    labels: raw.labels ?? {},
    internal: raw.internal ?? false,
    attachable: raw.attachable ?? false,
    ipv6: raw.enable_ipv6 ?? false,
    subnets: (raw.ipam?.config ?? []).flatMap(({ subnet }) => subnet ?? []),
  }
}

function readVolume(raw: RawProject['volumes'][string], { project, key, claim }: Naming): Volume {
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

function readSources(active: RawProject): readonly Source[] {
  const kinds = [
    { kind: 'secret', files: active.secrets, uses: (raw: RawService) => raw.secrets },
    { kind: 'config', files: active.configs, uses: (raw: RawService) => raw.configs },
  ] as const
  return kinds.flatMap(({ kind, files, uses }) =>
    Object.entries(files).flatMap(([name, { file }]) => {
      const users = Object.entries(active.services).filter(([, raw]) =>
        uses(raw)?.some(use => use.source === name),
      )
      const services = users.map(([service]) => service)
      return file === undefined || services.length === 0 ? [] : [{ kind, name, file, services }]
    }),
  )
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From, key: string) => To) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))
}

type Present<Fields> = { readonly [Key in keyof Fields]?: Exclude<Fields[Key], undefined> }

/** Leaves out what is undefined: an absent key is what survives JSON. */
function present<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<Fields>
}
