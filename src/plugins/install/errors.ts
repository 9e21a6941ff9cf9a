import { failure, type Failure } from '@piko/sdk'

interface Package {
  readonly name: string
  readonly version: string
}

export function packageInvalid({ name, version }: Package, problem: string): Failure {
  return failure({
    code: 'PLUGIN_PACKAGE_INVALID',
    message: `${name} ${version} is not a plugin: ${problem}`,
    details: ['Nothing was installed'],
    kind: 'plugin',
  })
}

export function nameTaken({ name, version }: Package): Failure {
  return failure({
    code: 'PLUGIN_NAME_TAKEN',
    message: `${name} ${version} would replace the ${name} that comes with piko`,
    details: ['Nothing was installed'],
    hints: [`To replace it anyway, run the command again with \`--allow-override\``],
    kind: 'plugin',
  })
}

export function pathMissing(path: string): Failure {
  return failure({
    code: 'PLUGIN_PATH_MISSING',
    message: `There is no tarball or folder ${path}`,
    hints: ['To install a plugin from npm, name its package: `piko plugins install piko-plugin-NAME`'],
    kind: 'usage',
  })
}

export function packageUnknown(spec: string): Failure {
  return failure({
    code: 'PLUGIN_PACKAGE_UNKNOWN',
    message: `The npm registry has no package ${spec}; nothing was installed`,
    hints: [
      'To see which plugins npm has, run `npm search piko-plugin`',
      'To install one from a folder, a tarball or a git repository, run `piko plugins install PATH`',
    ],
    kind: 'usage',
  })
}

export function installFailed(specs: readonly string[], cause: unknown): Failure {
  const said = cause instanceof Error ? cause.message : String(cause)
  const again = `piko plugins install ${specs.join(' ')} --verbose`
  return failure({
    code: 'PLUGIN_INSTALL_FAILED',
    message: `npm could not install ${specs.join(' ')}`,
    details: said.split('\n').filter(line => line.trim() !== ''),
    hints: [
      'To see which registry npm uses, run `npm config get registry`',
      `To see all of npm's output, run \`${again}\``,
    ],
    kind: 'tool',
    cause,
  })
}
