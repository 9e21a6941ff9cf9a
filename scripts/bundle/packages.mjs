// What oclif and piko read of a plugin before running its code: its package.json and command manifest, with paths into
// the bundle.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundleName } from './entries.mjs'

/** `{pjson, manifest, fills}` of each first-party plugin. */
export function describePlugins(packages) {
  return Promise.all(packages.slice(1).map(describe))
}

async function describe({ owner, root, manifest: { name, version, type, description, oclif, piko } }) {
  return {
    pjson: {
      name,
      version,
      type,
      description,
      oclif: withHooks(owner, oclif),
      piko: inBundle(owner, piko),
    },
    manifest: manifestInBundle(owner, JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8'))),
    fills: await slotsOf(root),
  }
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
  return { ...piko, plugin: `./${fileOf(owner, piko.plugin)}` }
}

/** The slots that a plugin fills, by its compiled definition. */
async function slotsOf(root) {
  const { default: definition } = await import(pathToFileURL(join(root, 'dist/plugin.js')).href)
  return [...new Set((definition.contributes?.fills ?? []).map(({ slot }) => slot.id))]
}
