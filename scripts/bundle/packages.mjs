// What oclif and piko read of a plugin before running its code: its package.json and command manifest, with paths into
// the bundle.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleName } from './entries.mjs'

/** `{pjson, manifest}` of each first-party plugin. */
export function describePlugins(packages) {
  return packages
    .slice(1)
    .map(({ owner, root, manifest: { name, version, type, description, oclif, piko } }) => ({
      pjson: {
        name,
        version,
        type,
        description,
        oclif: withHooks(owner, oclif),
        piko: inBundle(owner, piko),
      },
      manifest: manifestInBundle(owner, JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8'))),
    }))
}

/** The same manifest with its commands in the bundle. `folder` is the path to it. */
export function manifestInBundle(owner, manifest, folder = []) {
  const commands = Object.entries(manifest.commands).map(([id, command]) => [
    id,
    { ...command, relativePath: [...folder, fileOf(owner, command.relativePath.join('/'))] },
  ])
  return { ...manifest, commands: Object.fromEntries(commands) }
}

const fileOf = (owner, module) => `${bundleName(owner, module)}.js`

function withHooks(owner, oclif) {
  if (!oclif.hooks) return oclif
  const hooks = Object.entries(oclif.hooks).map(([event, module]) => [event, `./${fileOf(owner, module)}`])
  return { ...oclif, hooks: Object.fromEntries(hooks) }
}

function inBundle(owner, piko) {
  const quick = Object.entries(piko.quick ?? {}).map(([command, module]) => [
    command,
    `./${fileOf(owner, module)}`,
  ])
  return { ...piko, plugin: `./${fileOf(owner, piko.plugin)}`, quick: Object.fromEntries(quick) }
}
