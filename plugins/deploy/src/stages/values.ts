import { stageErrors } from '../errors/stages.js'
import { isReference, parseReference } from '../registry/reference.js'
import type { Stage } from '../store/stages.js'
import type { StageWords } from './flags.js'

export type StageValues = Omit<Stage, 'id' | 'createdAt' | 'updatedAt' | 'name'>

/** What a new stage has besides its service and image. */
export const newStage: Omit<StageValues, 'service' | 'image'> = {
  tag: null,
  services: null,
  environment: {},
  volumes: [],
  port: null,
  host: null,
  health: null,
  releaseCommand: null,
  engine: null,
  auto: false,
}

/** `logs` and `watch` are commands below `deploy`. */
export function requireStageName(name: string): string {
  if (/^[a-z][a-z0-9-]{0,39}$/.test(name) && name !== 'logs' && name !== 'watch') return name
  throw stageErrors.DEPLOY_STAGE_NAME_INVALID({ name })
}

/** The values that flags give; only those that were given. */
export function valuesOf(words: StageWords): Partial<StageValues> {
  const image = words.image === undefined ? undefined : parseReference(requireImage(words.image))
  const tag = words.tag ?? image?.tag
  return {
    ...given('service', words.service),
    ...given('image', image?.image),
    ...given('tag', tag),
    ...given('port', words.port),
    ...given('health', words.health === undefined ? undefined : requirePath(words.health)),
    ...given('host', words.host === undefined ? undefined : requireHost(words.host)),
    ...given('auto', words.auto),
    ...given('engine', words.engine),
    ...given(
      'services',
      words.services?.split(',').map(name => name.trim()),
    ),
    ...given('environment', words.env && Object.fromEntries(words.env.map(variableOf))),
    ...given('volumes', words.volume?.map(requireVolume)),
    ...given('releaseCommand', words.release),
  }
}

function given<Key extends keyof StageValues>(key: Key, value: StageValues[Key] | undefined) {
  return value === undefined ? {} : { [key]: value }
}

function requireImage(image: string): string {
  if (isReference(image)) return image
  throw stageErrors.DEPLOY_STAGE_VALUE_INVALID({
    flag: 'image',
    value: image,
    wanted: 'the name of an image',
  })
}

function requirePath(path: string): string {
  if (/^\/[^#\s]*$/.test(path)) return path
  throw stageErrors.DEPLOY_STAGE_VALUE_INVALID({
    flag: 'health',
    value: path,
    wanted: 'a path that begins with /',
  })
}

function requireHost(host: string): string {
  if (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(host)) return host
  throw stageErrors.DEPLOY_STAGE_VALUE_INVALID({
    flag: 'host',
    value: host,
    wanted: 'a host name in lower case',
  })
}

function variableOf(text: string): readonly [string, string] {
  const [, name, value] = /^([A-Za-z_]\w*)=([^]*)$/.exec(text) ?? []
  if (name !== undefined && value !== undefined) return [name, value]
  throw stageErrors.DEPLOY_STAGE_VALUE_INVALID({ flag: 'env', value: text, wanted: 'a variable: NAME=VALUE' })
}

function requireVolume(text: string): string {
  if (/^(\/[^:]+|[a-zA-Z0-9][\w.-]*):\/[^:]+$/.test(text)) return text
  throw stageErrors.DEPLOY_STAGE_VALUE_INVALID({
    flag: 'volume',
    value: text,
    wanted: 'a volume: NAME:/PATH',
  })
}
