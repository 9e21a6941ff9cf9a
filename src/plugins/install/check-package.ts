import { type Failure, failure } from '@piko/sdk'
import { installErrors } from '../../errors/install.js'
import type { InstalledPackage } from '../candidate.js'
import { duplicateCommands } from '../commands.js'
import { findPlugins } from '../find.js'

export interface Surroundings {
  readonly installed: readonly InstalledPackage[]
  /** Packages that piko consists of. */
  readonly bundled: readonly string[]
  readonly allowOverride: boolean
}

/** Throws if a package would replace a part of piko or is not a valid plugin. */
export function requireInstallable(candidate: InstalledPackage, surroundings: Surroundings): void {
  refuseOverride(candidate, surroundings)
  if (!('oclif' in candidate.pjson))
    throw installErrors.PLUGIN_PACKAGE_INVALID({
      ...candidate,
      problem: 'its package.json has no `oclif` field',
    })
  const broken = problemOfPackage(candidate, surroundings)
  if (!broken) return
  const details = [...(broken.details.details ?? []), 'Nothing was installed']
  throw failure({ ...broken.details, details, hints: [] }) // its hints assume that it is installed
}

export function refuseOverride(
  candidate: InstalledPackage,
  { bundled, allowOverride }: Pick<Surroundings, 'bundled' | 'allowOverride'>,
): void {
  if (!allowOverride && bundled.includes(candidate.name)) throw installErrors.PLUGIN_NAME_TAKEN(candidate)
}

/** Why piko would reject it, given what is installed. */
export function problemOfPackage(
  candidate: InstalledPackage,
  { installed }: Pick<Surroundings, 'installed'>,
): Failure | undefined {
  const others = installed.filter(({ name }) => name !== candidate.name)
  return findPlugins([...others, candidate]).broken.find(({ packageName }) => packageName === candidate.name)
    ?.error
}

/** Properties of a plugin that are valid but may surprise the user. */
export function warningsAbout(
  plugin: InstalledPackage,
  { scriptsRan, packages }: { readonly scriptsRan: boolean; readonly packages: readonly InstalledPackage[] },
): readonly string[] {
  const { name, version, pjson } = plugin
  const scripts: unknown = Reflect.get(pjson, 'scripts')
  const hasScripts =
    typeof scripts === 'object' && scripts !== null && installScripts.some(script => script in scripts)
  return [
    ...('piko' in pjson
      ? []
      : [
          `${name} ${version} has no \`piko\` field in its package.json: its commands are available, but environments do not use it`,
        ]),
    ...(hasScripts && !scriptsRan
      ? [
          `${name} ${version} has install scripts, which did not run; to run them, install it with \`--allow-scripts\``,
        ]
      : []),
    ...duplicateCommands(packages, [plugin]),
  ]
}

const installScripts = ['preinstall', 'install', 'postinstall']
