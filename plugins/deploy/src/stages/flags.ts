import { Flags } from '@oclif/core'

/** What a stage cannot be without. */
export const serviceFlag = {
  summary: 'The service of the Compose files that runs the image',
  helpValue: 'SERVICE',
} as const
export const imageFlag = { summary: 'The image, without or with a tag', helpValue: 'IMAGE' } as const

/** The other flags of `stage add` and `stage update`. */
export const stageFlags = {
  port: Flags.integer({ summary: 'The port in the container that gets requests', min: 1, max: 65_535 }),
  health: Flags.string({ summary: 'The path that answers with 2xx once it is up', helpValue: 'PATH' }),
  host: Flags.string({ summary: 'Its host name (default: STAGE.localhost)', helpValue: 'HOST' }),
  tag: Flags.string({
    summary: 'The tag to deploy and watch: a tag, a semver range or a glob',
    helpValue: 'PATTERN',
  }),
  auto: Flags.boolean({ summary: 'Let `piko deploy watch` deploy new images', allowNo: true }),
  engine: Flags.string({ summary: 'The Docker context that it runs on', helpValue: 'CONTEXT' }),
  services: Flags.string({
    summary: 'The services that it runs, by commas (default: all)',
    helpValue: 'NAMES',
  }),
  env: Flags.string({ summary: 'A variable of its containers', helpValue: 'NAME=VALUE', multiple: true }),
  volume: Flags.string({ summary: 'A volume of its service', helpValue: 'NAME:/PATH', multiple: true }),
  release: Flags.string({ summary: 'A command to run once in each new image', helpValue: 'COMMAND' }),
}

/** What those flags give. */
export interface StageWords {
  readonly service?: string | undefined
  readonly image?: string | undefined
  readonly port?: number | undefined
  readonly health?: string | undefined
  readonly host?: string | undefined
  readonly tag?: string | undefined
  readonly auto?: boolean | undefined
  readonly engine?: string | undefined
  readonly services?: string | undefined
  readonly env?: readonly string[] | undefined
  readonly volume?: readonly string[] | undefined
  readonly release?: string | undefined
}
