import type { Json } from '@piko/sdk'

/** A Compose project in one environment: the definitions in the files, and the names and ports that piko assigned. */
export type Model = Invocation & {
  readonly services: Readonly<Record<string, Service>>
  readonly networks: Readonly<Record<string, Network>>
  readonly volumes: Readonly<Record<string, Volume>>
  /** Sources of the secrets and configs in use. */
  readonly sources: readonly Source[]
  /** Absent if all services are selected. */
  readonly selection?: Selection
}

/** A subset of the services in the Compose files. The model contains only these. */
export type Selection = {
  /** The environment that the selection belongs to. */
  readonly environment: string
  readonly services: readonly string[]
  /** Services that stay in the project but do not run, because their profiles are inactive. */
  readonly inactive: readonly string[]
  /** All other services in the files. They are removed from the project. */
  readonly unselected: readonly string[]
  /** Dependencies on services excluded by name. */
  readonly dropped: readonly { readonly service: string; readonly on: string }[]
  /** The layer over the Compose files that leaves only these services. */
  readonly layer: { readonly [key: string]: Json }
}

/** How to run Compose for this project, without the generated override. All paths are absolute. */
export type Invocation = {
  /** The name of the Compose project (`-p`). */
  readonly project: string
  /** The folder in which Compose runs. */
  readonly directory: string
  /** Base of relative paths in the files (`--project-directory`). */
  readonly projectDirectory: string
  readonly files: readonly string[]
  /** Listed only if Compose would not find them itself. */
  readonly envFiles: readonly string[]
  readonly profiles: readonly string[]
}

export type Service = {
  /** False if the service is only in inactive profiles. */
  readonly active: boolean
  readonly profiles: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly image?: string
  readonly build?: Build
  /** The prefix of its containers' names and, if it is built, the name of its image: `piko-app-feature-web`. */
  readonly engineName: string
  readonly containerName?: string
  readonly hostname?: string
  readonly networkMode?: string
  readonly pid?: string
  readonly ipc?: string
  readonly uts?: string
  /** The provider that replaces containers: the engine does not run the service. */
  readonly provider?: string
  /** Fixed MAC addresses. */
  readonly macAddresses: readonly string[]
  /** Paths of host devices, and `GPU`. */
  readonly devices: readonly string[]
  readonly volumesFrom: readonly string[]
  readonly externalLinks: readonly string[]
  readonly networks: Readonly<Record<string, Attachment>>
  readonly ports: readonly Port[]
  readonly mounts: readonly Mount[]
  readonly replicas: number
  /** Dependencies by service. `required`: it cannot start without that one. */
  readonly dependsOn: Readonly<Record<string, { readonly condition: string; readonly required: boolean }>>
  /** `service` or `service:alias`. */
  readonly links: readonly string[]
  /** Values that lead to host ports of the main checkout. Absent if there are none. */
  readonly pointers?: readonly Pointer[]
}

/** A value in the files that names a host port published by the project. */
export type Pointer = {
  readonly in: 'environment' | 'build argument' | 'command' | 'entrypoint' | 'label'
  /** Name of the variable, argument or label. */
  readonly name: string
  readonly value: string
  /** The services that publish the ports. */
  readonly services: readonly string[]
  /** A URL with a port that the service itself listens on. It may be for browsers, or only for use in the container. */
  readonly isOwn?: true
  /** The value for `env:`: `http://localhost:${port.api}`. */
  readonly template: string
  /** The value for a Compose file: `http://localhost:${PIKO_API_PORT_3000:-23000}`. */
  readonly written: string
}

export type Build = {
  readonly context?: HostPath
  readonly dockerfile?: string
  readonly inline?: string
  /** Images that its Dockerfile names in `FROM`. */
  readonly bases: readonly string[]
  readonly contexts: Readonly<Record<string, HostPath>>
  /** Tags in addition to the service's image. */
  readonly tags: readonly string[]
}

/** A file or folder on the host, or a URL if a build accepts one. */
export type HostPath = {
  readonly path: string
  /** Written as a relative path that leaves the worktree. `path` is resolved from the main checkout. */
  readonly leaves?: true
}

export type Attachment = {
  readonly aliases: readonly string[]
  /** Fixed addresses by key: `ipv4_address`, `ipv6_address`. */
  readonly addresses: Readonly<Record<string, string>>
}

export type Port = {
  readonly target: number
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  /** As written in the file: a number, or a range such as `8100-8110`. */
  readonly published?: string
  readonly hostIp?: string
  readonly name?: string
  readonly mode?: string
  readonly appProtocol?: string
  /** The key of its lease: the service's name, or `web#2` for the second port of one target. */
  readonly leasedAs: string
  /** The host port. Absent if Docker chooses one (several replicas) or none is possible (host networking). */
  readonly assigned?: number
}

export type Mount = {
  readonly type: string
  /** The key of a volume, or a path on the host. Absent for an anonymous volume. */
  readonly source?: string
  readonly target?: string
  readonly readOnly: boolean
  /** See `HostPath`. */
  readonly leaves?: true
  /** The file's other options: `bind`, `volume`, `tmpfs`. */
  readonly options: { readonly [key: string]: Json }
}

export type Network = {
  readonly external: boolean
  /** Its key in the files. */
  readonly name: string
  /** The network's name on the engine. */
  readonly engineName: string
  readonly driver?: string
  readonly options: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  readonly internal: boolean
  readonly attachable: boolean
  readonly ipv4: boolean
  readonly ipv6: boolean
  /** The engine assigns its addresses: piko leases a subnet and drops all of `ranges`. */
  readonly isLeased: boolean
  /** As written in the files. */
  readonly ranges: readonly AddressRange[]
  readonly ipam: { readonly driver?: string; readonly options: Readonly<Record<string, string>> }
}

export type AddressRange = {
  readonly subnet?: string
  readonly gateway?: string
  readonly range?: string
  readonly reserved: Readonly<Record<string, string>>
}

export type Volume = {
  readonly external: boolean
  readonly name: string
  readonly engineName: string
  readonly driver?: string
  readonly options: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
}

export type Source = {
  readonly kind: 'secret' | 'config'
  readonly name: string
  /** Active services that use it. */
  readonly services: readonly string[]
  /** Whether a service uses it with a `uid`, `gid` or `mode`. */
  readonly hasOwner: boolean
} & (
  | { readonly from: 'file'; readonly file: string; readonly leaves?: true }
  | { readonly from: 'variable'; readonly variable: string; readonly isSet: boolean }
  | { readonly from: 'text'; readonly text: string }
  | { readonly from: 'engine' }
)
