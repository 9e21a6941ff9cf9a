/** A Compose project as one environment has it: what the files say, and the names and ports that piko gave it. */
export type Model = Invocation & {
  readonly services: Readonly<Record<string, Service>>
  readonly networks: Readonly<Record<string, Network>>
  readonly volumes: Readonly<Record<string, Volume>>
  /** Files behind secrets and configs. */
  readonly sources: readonly Source[]
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
  readonly image?: string
  readonly build?: { readonly context?: string }
  /** The prefix of its containers' names and, where it is built, its image: `piko-app-feature-web`. */
  readonly engineName: string
  readonly containerName?: string
  readonly networkMode?: string
  readonly pid?: string
  readonly ipc?: string
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
}

export type Attachment = {
  readonly aliases: readonly string[]
  /** Fixed addresses by key: `ipv4_address`, `ipv6_address`. */
  readonly addresses: Readonly<Record<string, string>>
}

export type Port = {
  readonly target: number
  readonly protocol: 'tcp' | 'udp'
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
  readonly ipv6: boolean
  /** Fixed in the files; piko leases one of its own instead. */
  readonly subnets: readonly string[]
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
  readonly file: string
  /** The active services that use it. */
  readonly services: readonly string[]
}
