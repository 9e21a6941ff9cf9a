import type { Json } from '@piko/sdk'

/** A Compose project as one environment has it: what the files say, and the names and ports that piko gave it. */
export type Model = Invocation & {
  readonly services: Readonly<Record<string, Service>>
  readonly networks: Readonly<Record<string, Network>>
  readonly volumes: Readonly<Record<string, Volume>>
  /** What stands behind the secrets and configs that are used. */
  readonly sources: readonly Source[]
  /** Absent where no selection limits the services. */
  readonly selection?: Selection
}

/** Some of the services of the Compose files; the model has no others. */
export type Selection = {
  /** Whose it is. */
  readonly environment: string
  readonly services: readonly string[]
  /** Those that stay in the files and do not run, as their profiles are off. */
  readonly inactive: readonly string[]
  /** All others of the files; they are taken out. */
  readonly unselected: readonly string[]
  /** Dependencies on services that are excluded by name. */
  readonly dropped: readonly { readonly service: string; readonly on: string }[]
  /** What stands on top of the Compose files so that only these services are left. */
  readonly layer: { readonly [key: string]: Json }
}

/** How Compose is asked about this project; without the generated override. All paths are absolute. */
export type Invocation = {
  /** The name of the Compose project (`-p`). */
  readonly project: string
  /** The folder that Compose is run in. */
  readonly directory: string
  /** What relative paths in the files are relative to (`--project-directory`). */
  readonly projectDirectory: string
  readonly files: readonly string[]
  /** Given by name only where Compose would not find them itself. */
  readonly envFiles: readonly string[]
  readonly profiles: readonly string[]
}

export type Service = {
  /** False where only a profile that is not on has it. */
  readonly active: boolean
  readonly profiles: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly image?: string
  readonly build?: Build
  /** The prefix of its containers' names and, where it is built, its image: `piko-app-feature-web`. */
  readonly engineName: string
  readonly containerName?: string
  readonly networkMode?: string
  readonly pid?: string
  readonly ipc?: string
  readonly uts?: string
  /** What stands in for containers: the service is not run by the engine. */
  readonly provider?: string
  /** Fixed hardware addresses. */
  readonly macAddresses: readonly string[]
  /** Paths of the machine's devices, and `GPU`. */
  readonly devices: readonly string[]
  readonly volumesFrom: readonly string[]
  readonly externalLinks: readonly string[]
  readonly networks: Readonly<Record<string, Attachment>>
  readonly ports: readonly Port[]
  readonly mounts: readonly Mount[]
  readonly replicas: number
  /** By service: whether this one cannot start without it. */
  readonly dependsOn: Readonly<Record<string, { readonly condition: string; readonly required: boolean }>>
  /** `service` or `service:alias`. */
  readonly links: readonly string[]
  /** Values that lead to host ports of the main checkout; none where the field is absent. */
  readonly pointers?: readonly Pointer[]
}

/** A value in the files that names a host port which the project publishes. */
export type Pointer = {
  readonly in: 'environment' | 'build argument' | 'command' | 'entrypoint' | 'label'
  /** Of the variable, the argument or the label. */
  readonly name: string
  readonly value: string
  /** Whose ports they are. */
  readonly services: readonly string[]
  /** A URL with a port that the service itself listens on: it may be for browsers, or for the container alone. */
  readonly isOwn?: true
  /** The same as a value of `env:`: `http://localhost:${port.api}`. */
  readonly template: string
  /** The same as the Compose file could have it: `http://localhost:${PIKO_API_PORT_3000:-23000}`. */
  readonly written: string
}

export type Build = {
  readonly context?: Place
  readonly dockerfile?: string
  readonly inline?: string
  /** What its Dockerfile says `FROM`, by name. */
  readonly bases: readonly string[]
  readonly contexts: Readonly<Record<string, Place>>
  /** More tags than the service's image. */
  readonly tags: readonly string[]
}

/** A folder or a file of the host; or a URL, where a build takes one. */
export type Place = {
  readonly path: string
  /** The file has a relative path that leaves the worktree: `path` is what it means in the main checkout. */
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
  /** As in the file: a number, or a range such as `8100-8110`. */
  readonly published?: string
  readonly hostIp?: string
  readonly name?: string
  readonly mode?: string
  readonly appProtocol?: string
  /** The key of its lease, which is the service's name but for the second port of one target: `web#2`. */
  readonly leasedAs: string
  /** The host port; absent where Docker chooses one (several replicas) or none can be had (host networking). */
  readonly assigned?: number
}

export type Mount = {
  readonly type: string
  /** The key of a volume, or a path on the host; an anonymous volume has none. */
  readonly source?: string
  readonly target?: string
  readonly readOnly: boolean
  /** See `Place`. */
  readonly leaves?: true
  /** What else the file says of it: `bind`, `volume`, `tmpfs`. */
  readonly options: { readonly [key: string]: Json }
}

export type Network = {
  readonly external: boolean
  /** As the files name it. */
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
  /** The engine gives it addresses of its own: piko leases a subnet, and none of `ranges` is kept. */
  readonly isLeased: boolean
  /** As the files have them. */
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
  /** The active services that use it. */
  readonly services: readonly string[]
  /** A service wants it with a `uid`, `gid` or `mode`. */
  readonly hasOwner: boolean
} & (
  | { readonly from: 'file'; readonly file: string; readonly leaves?: true }
  | { readonly from: 'variable'; readonly variable: string; readonly isSet: boolean }
  | { readonly from: 'text'; readonly text: string }
  | { readonly from: 'engine' }
)
