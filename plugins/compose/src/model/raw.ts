import * as z from 'zod'
import { engineErrors } from '../errors/engine.js'

/** The part of `docker compose config --format json` that piko reads. */
const text = z.preprocess(value => value ?? '', z.coerce.string())
const strings = z.record(z.string(), text).nullish()
const port = z.object({
  target: z.number(),
  published: z.string().optional(),
  protocol: z.string().optional(),
  host_ip: z.string().optional(),
  name: z.string().optional(),
  mode: z.string().optional(),
  app_protocol: z.string().optional(),
})
const attachment = z
  .object({
    aliases: z.array(z.string()).nullish(),
    ipv4_address: z.string().optional(),
    ipv6_address: z.string().optional(),
    mac_address: z.string().optional(),
  })
  .nullable()
const mount = z
  .object({
    type: z.string(),
    source: z.string().optional(),
    target: z.string().optional(),
    read_only: z.boolean().optional(),
  })
  .catchall(z.json())
const used = z
  .array(
    z.object({
      source: z.string(),
      uid: z.string().nullish(),
      gid: z.string().nullish(),
      mode: z.union([z.string(), z.number()]).nullish(),
    }),
  )
  .nullish()
const service = z.looseObject({
  profiles: z.array(z.string()).nullish(),
  image: z.string().optional(),
  environment: strings,
  build: z
    .object({
      context: z.string().optional(),
      dockerfile: z.string().optional(),
      dockerfile_inline: z.string().optional(),
      additional_contexts: strings,
      args: strings,
      tags: z.array(z.string()).nullish(),
      privileged: z.boolean().nullish(),
      network: z.string().nullish(),
      ssh: z.array(z.unknown()).nullish(),
      entitlements: z.array(z.string()).nullish(),
      cache_from: z.array(z.string()).nullish(),
      cache_to: z.array(z.string()).nullish(),
    })
    .nullish(),
  command: z.array(z.string()).nullish(),
  entrypoint: z.array(z.string()).nullish(),
  expose: z.array(z.string()).nullish(),
  container_name: z.string().optional(),
  read_only: z.boolean().nullish(),
  hostname: z.string().optional(),
  labels: strings,
  network_mode: z.string().optional(),
  pid: z.string().optional(),
  ipc: z.string().optional(),
  uts: z.string().optional(),
  mac_address: z.string().optional(),
  devices: z.array(z.object({ source: z.string() })).nullish(),
  gpus: z.array(z.unknown()).nullish(),
  provider: z.object({ type: z.string(), options: z.json().optional() }).nullish(),
  volumes_from: z.array(z.string()).nullish(),
  external_links: z.array(z.string()).nullish(),
  networks: z.record(z.string(), attachment).nullish(),
  ports: z.array(port).nullish(),
  volumes: z.array(mount).nullish(),
  scale: z.number().nullish(),
  deploy: z
    .object({
      replicas: z.number().nullish(),
      resources: z
        .object({ reservations: z.object({ devices: z.array(z.unknown()).nullish() }).nullish() })
        .nullish(),
    })
    .nullish(),
  depends_on: z
    .record(z.string(), z.object({ condition: z.string(), required: z.boolean().optional() }))
    .nullish(),
  links: z.array(z.string()).nullish(),
  secrets: used,
  configs: used,
})
const network = z.object({
  name: z.string(),
  external: z.boolean().optional(),
  driver: z.string().optional(),
  driver_opts: strings,
  labels: strings,
  internal: z.boolean().optional(),
  attachable: z.boolean().optional(),
  enable_ipv4: z.boolean().nullish(),
  enable_ipv6: z.boolean().nullish(),
  ipam: z
    .object({
      driver: z.string().optional(),
      options: strings,
      config: z
        .array(
          z.object({
            subnet: z.string().optional(),
            gateway: z.string().optional(),
            ip_range: z.string().optional(),
            aux_addresses: strings,
          }),
        )
        .nullish(),
    })
    .nullish(),
})
const volume = z.object({
  name: z.string(),
  external: z.boolean().optional(),
  driver: z.string().optional(),
  driver_opts: strings,
  labels: strings,
})
const source = z.object({
  file: z.string().optional(),
  environment: z.string().optional(),
  content: z.string().optional(),
  external: z.boolean().optional(),
})
const project = z.object({
  services: z.record(z.string(), service).default({}),
  networks: z.record(z.string(), network).default({}),
  volumes: z.record(z.string(), volume).default({}),
  secrets: z.record(z.string(), source).default({}),
  configs: z.record(z.string(), source).default({}),
})

export type RawProject = z.output<typeof project>
export type RawService = z.output<typeof service>
export type RawPort = z.output<typeof port>

/** Parses the output of `docker compose config --format json`. */
export function parseProject(json: string): RawProject {
  return parseAs(project, { json, command: 'docker compose config --format json' })
}

const stack = z
  .object({
    name: z.string(),
    volumes: z
      .record(z.string(), z.object({ name: z.string(), external: z.boolean().default(false) }))
      .default({}),
  })
  .transform(({ name: project, volumes }) => ({ project, volumes }))

/** Parses the same output without `-p`: the names that Compose itself assigns. */
export function parseStack(json: string): z.output<typeof stack> {
  return parseAs(stack, { json, command: 'docker compose config --format json' })
}

const drafts = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      env_file: z.array(z.object({ path: z.string(), required: z.boolean().optional() })).nullish(),
      ports: z.array(z.unknown()).nullish(),
    }),
  ),
})

/** Parses the output with `--no-interpolate`, which leaves `env_file` and `ports` as written. */
export function parseDraft(json: string): z.output<typeof drafts> {
  return parseAs(drafts, { json, command: 'docker compose config --no-interpolate --format json' })
}

function parseAs<Output>(
  schema: z.ZodType<Output>,
  { json, command }: { readonly json: string; readonly command: string },
): Output {
  try {
    return schema.parse(JSON.parse(json))
  } catch (cause) {
    throw engineErrors.COMPOSE_ANSWER_UNREADABLE({ command, cause })
  }
}
