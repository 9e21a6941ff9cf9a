import { locate, type Roots } from './leaving.js'
import type { Build, Mount, Port, Service } from '../contract.js'
import { present } from './present.js'
import type { RawPort, RawService } from './raw.js'
import { replicasOf } from './replicas.js'

interface Reading {
  readonly name: string
  readonly roots: Roots
  /** The service with its paths as written in the file. */
  readonly written: RawService | undefined
  /** Whether the network with this key is the host's. */
  isHost(key: string): boolean
}

export function readService(raw: RawService, reading: Reading): Omit<Service, 'active' | 'engineName'> {
  const isOnHost = Object.keys(raw.networks ?? {}).some(key => reading.isHost(key))
  return {
    ...present({
      image: raw.image,
      build: raw.build ? readBuild(raw.build, reading) : undefined,
      containerName: raw.container_name,
      hostname: raw.hostname,
      networkMode: isOnHost ? 'host' : raw.network_mode,
      pid: raw.pid,
      ipc: raw.ipc,
      uts: raw.uts,
      provider: raw.provider?.type,
    }),
    ...readHardware(raw),
    profiles: raw.profiles ?? [],
    labels: raw.labels ?? {},
    volumesFrom: raw.volumes_from ?? [],
    externalLinks: raw.external_links ?? [],
    networks: readAttachments(raw),
    ports: readPorts(raw.ports ?? [], reading.name),
    mounts: readMounts(raw, reading),
    replicas: replicasOf(raw),
    dependsOn: Object.fromEntries(
      Object.entries(raw.depends_on ?? {}).map(([name, { condition, required }]) => [
        name,
        { condition, required: required ?? true },
      ]),
    ),
    links: raw.links ?? [],
  }
}

function readHardware(raw: RawService) {
  const addresses = Object.values(raw.networks ?? {}).map(attachment => attachment?.mac_address)
  const macAddresses = [raw.mac_address, ...addresses].filter(address => address !== undefined)
  const hasGpu =
    (raw.gpus ?? []).length > 0 || (raw.deploy?.resources?.reservations?.devices ?? []).length > 0
  const devices = [...(raw.devices ?? []).map(({ source }) => source), ...(hasGpu ? ['GPU'] : [])]
  return { macAddresses, devices }
}

function readAttachments({ networks }: RawService): Service['networks'] {
  const entries = Object.entries(networks ?? {}).map(([key, spec]) => {
    const addresses = present({ ipv4_address: spec?.ipv4_address, ipv6_address: spec?.ipv6_address })
    return [key, { aliases: spec?.aliases ?? [], addresses }] as const
  })
  return Object.fromEntries(entries)
}

function readBuild(raw: NonNullable<RawService['build']>, { roots, written }: Reading): Build {
  const contexts = Object.entries(raw.additional_contexts ?? {}).map(
    ([key, path]) =>
      [key, locate(path, { roots, written: written?.build?.additional_contexts?.[key] })] as const,
  )
  const context =
    raw.context === undefined ? undefined : locate(raw.context, { roots, written: written?.build?.context })
  return {
    ...present({ context, dockerfile: raw.dockerfile, inline: raw.dockerfile_inline }),
    contexts: Object.fromEntries(contexts),
    tags: raw.tags ?? [],
    bases: [],
  }
}

function readMounts(raw: RawService, { roots, written }: Reading): readonly Mount[] {
  return (raw.volumes ?? []).map(({ type, source, target, read_only, ...options }) => {
    const asWritten = written?.volumes?.find(other => other.target === target)?.source
    const isPath = type === 'bind' && source !== undefined
    const { path, leaves } = isPath
      ? locate(source, { roots, written: asWritten })
      : { path: source, leaves: undefined }
    return { type, ...present({ source: path, target, leaves }), readOnly: read_only ?? false, options }
  })
}

/** Two host ports for one container port are two leases, so their keys must differ. */
function readPorts(ports: readonly RawPort[], service: string): readonly Port[] {
  const seen = new Map<string, number>()
  return ports.map(port => {
    const protocol = protocolOf(port.protocol)
    const leased = `${port.target}/${leasedProtocol(protocol)}`
    const count = (seen.get(leased) ?? 0) + 1
    seen.set(leased, count)
    const { published, host_ip: hostIp, app_protocol: appProtocol, name, mode } = port
    return {
      target: port.target,
      protocol,
      ...present({ published: published === '' ? undefined : published, hostIp, appProtocol, name, mode }),
      leasedAs: count === 1 ? service : `${service}#${count}`,
    }
  })
}

function protocolOf(name: string | undefined): Port['protocol'] {
  return name === 'udp' || name === 'sctp' ? name : 'tcp'
}

/** Core knows only TCP and UDP, so an SCTP port is leased as TCP. */
export function leasedProtocol(protocol: Port['protocol']): 'tcp' | 'udp' {
  return protocol === 'udp' ? 'udp' : 'tcp'
}
