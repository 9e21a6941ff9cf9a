/** The texts that replace those of oclif's commands, by id. Flags by name. */
export interface Words {
  readonly summary: string
  readonly description?: string
  readonly flags?: Readonly<Record<string, string>>
  readonly args?: Readonly<Record<string, string>>
}

const uninstall: Words = {
  summary: 'Remove plugins',
  args: { plugin: 'Name of the plugin; more may follow' },
  flags: { verbose: 'Show the output of npm' },
}

export const oclifWords: Readonly<Record<string, Words>> = {
  help: {
    summary: 'Show help for piko or for one command',
    args: { command: 'The command; default: all of them' },
    flags: { 'nested-commands': 'List the commands below each command too' },
  },
  plugins: {
    summary: 'List installed plugins',
    flags: { core: 'List the plugins that come with piko too' },
  },
  'plugins:inspect': {
    summary: 'Show where a plugin is installed, and its dependencies',
    args: { plugin: 'Name of the plugin' },
    flags: { verbose: 'Show more detail' },
  },
  'plugins:reset': {
    summary: 'Remove all installed and linked plugins',
    flags: {
      hard: 'Delete node_modules and the files of package managers too',
      reinstall: 'Install all plugins again afterwards',
    },
  },
  'plugins:remove': uninstall,
  'plugins:uninstall': uninstall,
  'plugins:unlink': uninstall,
  'plugins:update': { summary: 'Update installed plugins', flags: { verbose: 'Show the output of npm' } },
}

/** Flags that many of oclif's commands share. */
export const commonFlags: Readonly<Record<string, string>> = {
  help: 'Show help',
  json: 'Print the answer as JSON',
}

/** oclif's default texts for flags that have none of their own. */
export const oclifDefaults: ReadonlySet<string> = new Set(['Format output as json.', 'Show CLI help.'])
