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
    message: `${name} ${version} would take the place of the ${name} that comes with piko`,
    details: ['Nothing was installed'],
    hints: [`To have it replaced all the same, run the command again with \`--allow-override\``],
    kind: 'plugin',
  })
}

export function pathMissing(path: string): Failure {
  return failure({
    code: 'PLUGIN_PATH_MISSING',
    message: `There is no tarball and no folder ${path}`,
    hints: ['To install a plugin from npm, name its package: `piko plugins install piko-plugin-NAME`'],
    kind: 'usage',
  })
}
