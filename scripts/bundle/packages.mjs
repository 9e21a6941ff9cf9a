// What oclif and piko ask of a plugin before any of its code runs: its package.json and its manifest of commands, with the
// paths of the bundle's folder.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleName } from './entries.mjs'

/** Of each first-party plugin: `{pjson, manifest}`. */
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

/** The same manifest, whose commands are found in the bundle; `folder` leads there. */
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
