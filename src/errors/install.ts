import { errorTable } from '@piko/sdk'

type Package = { name: string; version: string }

export const installErrors = errorTable({
  PLUGIN_PACKAGE_INVALID: ({ name, version, problem }: Package & { problem: string }) => ({
    message: `${name} ${version} is not a plugin: ${problem}`,
    details: ['Nothing was installed'],
    kind: 'plugin',
  }),
  PLUGIN_NAME_TAKEN: ({ name, version }: Package) => ({
    message: `${name} ${version} would replace the ${name} that comes with piko`,
    details: ['Nothing was installed'],
    hints: ['To replace it anyway, run the command again with `--allow-override`'],
    kind: 'plugin',
  }),
  PLUGIN_PATH_MISSING: ({ path }: { path: string }) => ({
    message: `There is no tarball or folder ${path}`,
    hints: ['To install a plugin from npm, name its package: `piko plugins install piko-plugin-NAME`'],
    kind: 'usage',
  }),
  PLUGIN_PACKAGE_UNKNOWN: ({ spec }: { spec: string }) => ({
    message: `The npm registry has no package ${spec}; nothing was installed`,
    hints: [
      'To see which plugins npm has, run `npm search piko-plugin`',
      'To install one from a folder, a tarball or a git repository, run `piko plugins install PATH`',
    ],
    kind: 'usage',
  }),
  PLUGIN_INSTALL_FAILED: ({ specs, cause }: { specs: readonly string[]; cause: unknown }) => ({
    message: `npm could not install ${specs.join(' ')}`,
    details: (cause instanceof Error ? cause.message : String(cause))
      .split('\n')
      .filter(line => line.trim() !== ''),
    hints: [
      'To see which registry npm uses, run `npm config get registry`',
      `To see all of npm's output, run \`piko plugins install ${specs.join(' ')} --verbose\``,
    ],
    kind: 'tool',
    cause,
  }),
})
