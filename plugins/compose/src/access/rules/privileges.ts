import type { Access } from '@piko/sdk'
import type { ServiceRule } from '../rule.js'

type Text = (value: unknown) => string | undefined

const isSet = (value: unknown) =>
  value !== undefined && value !== null && value !== false && value !== '' && JSON.stringify(value) !== '[]'

const whenSet =
  (text: string): Text =>
  value =>
    isSet(value) ? text : undefined

const listed =
  (text: string): Text =>
  value =>
    isSet(value) ? `${text} ${JSON.stringify(value)}` : undefined

/** A namespace: the host's, or that of a container outside the project. */
const shared =
  (what: string): Text =>
  value =>
    value === 'host' ? `shares the host's ${what}` : foreign(what)(value)

const foreign =
  (what: string): Text =>
  value =>
    typeof value === 'string' && value.startsWith('container:')
      ? `shares the ${what} of ${value.replace(':', ' ')}`
      : undefined

/** By key of a service: what a value means for the host, as the rest of a sentence about the service. */
const keys: Readonly<Record<string, Text>> = {
  use_api_socket: whenSet('controls Docker through its API socket'),
  privileged: whenSet('is privileged, so that it controls this machine'),
  cap_add: listed('has the capabilities'),
  security_opt: value =>
    Array.isArray(value) ? listed('has the security options')(value.filter(isWeakening)) : undefined,
  device_cgroup_rules: listed('may use the devices'),
  devices: value =>
    Array.isArray(value)
      ? listed('uses the devices')(value.map(deviceOf))
      : listed('uses the devices')(value),
  gpus: whenSet('uses the graphics cards'),
  network_mode: value => {
    if (value === 'bridge' || value === 'default') return "runs on Docker's default bridge"
    if (typeof value !== 'string' || value === '' || /^(none|service:.*)$/.test(value)) return undefined
    return shared('network')(value) ?? `runs on the network ${value}, which is not the project's`
  },
  pid: shared('processes'),
  ipc: shared('shared memory'),
  uts: shared('host name'),
  userns_mode: value => (value === 'host' ? "runs with the host's user ids" : undefined),
  cgroup: value => (value === 'host' ? "shares the host's control groups" : undefined),
  cgroup_parent: listed('joins the control group'),
  runtime: listed('runs with the runtime'),
  credential_spec: listed('uses the credentials'),
  models: listed('runs the models'),
  volumes_from: value =>
    Array.isArray(value) ? listed('mounts the volumes of')(value.filter(isContainer)) : undefined,
  external_links: listed('is linked to containers of other projects:'),
  logging: value => {
    const driver: unknown =
      typeof value === 'object' && value !== null ? Reflect.get(value, 'driver') : undefined
    return [undefined, '', 'none', 'local', 'json-file'].includes(driver as string)
      ? undefined
      : `sends its logs elsewhere: ${JSON.stringify(value)}`
  },
  post_start: value => privilegedHook('post_start', value),
  pre_stop: value => privilegedHook('pre_stop', value),
}

/** Keys that give a service more than a container of its own. */
export const privileges: ServiceRule = ({ service, raw }) => {
  const found = Object.entries(keys).flatMap(([kind, text]): readonly Access[] => {
    const says = text(raw[kind])
    return says === undefined ? [] : [{ kind, message: `Service ${service} ${says}`, service }]
  })
  return Promise.resolve([...found, ...reservedDevices(service, raw)])
}

function reservedDevices(service: string, { deploy }: { readonly deploy?: unknown }): readonly Access[] {
  const devices = (deploy as { resources?: { reservations?: { devices?: unknown } } } | null | undefined)
    ?.resources?.reservations?.devices
  if (!isSet(devices)) return []
  return [
    { kind: 'gpus', message: `Service ${service} reserves devices: ${JSON.stringify(devices)}`, service },
  ]
}

function isWeakening(option: unknown): boolean {
  return !/^no-new-privileges(:true)?$/.test(String(option))
}

function isContainer(reference: unknown): boolean {
  return String(reference).startsWith('container:')
}

function deviceOf(device: unknown): unknown {
  return typeof device === 'object' && device !== null ? Reflect.get(device, 'source') : device
}

function privilegedHook(name: string, hooks: unknown): string | undefined {
  const isPrivileged = (hook: unknown) =>
    typeof hook === 'object' && hook !== null && Reflect.get(hook, 'privileged') === true
  return Array.isArray(hooks) && hooks.some(isPrivileged) ? `runs ${name} with privileges` : undefined
}
