import type { Command, Interfaces } from '@oclif/core'
import { readFileSync } from 'node:fs'
import { BUNDLE } from '../oclif/own-packages.js'

/** What oclif's configuration says of piko without plugins of the user, recorded by the build. */
interface RecordedConfig {
  readonly facts: { readonly name: string; readonly version: string; readonly bin: string }
  readonly pjson: object
  readonly commands: readonly Command.Loadable[]
  readonly topics: readonly Interfaces.Topic[]
  readonly plugins: readonly {
    readonly name: string
    readonly version: string
    readonly type: string
    readonly pjson: object
  }[]
}

/** The recorded configuration, as far as oclif's help and piko's completion and hooks read it. */
export function recordedConfig(): Interfaces.Config {
  const text = readFileSync(new URL('oclif.json', BUNDLE), 'utf8')
  const { facts, pjson, commands, topics, plugins } = JSON.parse(text) as RecordedConfig // written by the build
  const { platform, arch, version: node } = process
  return {
    ...facts,
    pjson,
    commands,
    topics,
    plugins: new Map(plugins.map(plugin => [plugin.name, plugin])),
    options: {},
    topicSeparator: ' ',
    userAgent: `${facts.name}/${facts.version} ${platform}-${arch} node-${node}`,
    commandIDs: commands.map(({ id }) => id),
    findCommand: (id: string) => commands.find(command => command.id === id),
    findTopic: (name: string) => topics.find(topic => topic.name === name),
    getPluginsList: () => plugins,
    scopedEnvVar: (name: string) => process.env[`PIKO_${name}`],
    scopedEnvVarKeys: (name: string) => [`PIKO_${name}`],
    runHook: () => Promise.resolve({ successes: [], failures: [] }),
  } as unknown as Interfaces.Config // the rest is for loading plugins, which are in the bundle
}
