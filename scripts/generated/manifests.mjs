// What `oclif manifest` would write, with the commands by name: oclif has them as the disk happens to list them.
import { Plugin } from '@oclif/core'

export function computeManifests(packages) {
  return Promise.all(packages.map(({ root }) => computeManifest(root)))
}

export function manifestText(manifest) {
  return JSON.stringify(manifest, null, 2)
}

// The options are those of oclif's own command.
async function computeManifest(root) {
  const plugin = new Plugin({
    errorOnManifestCreate: true,
    ignoreManifest: true,
    respectNoCacheDefault: true,
    root,
    type: 'core',
  })
  await plugin.load()
  const commands = Object.entries(plugin.manifest.commands).sort(([a], [b]) => (a < b ? -1 : 1))
  return { ...plugin.manifest, commands: Object.fromEntries(commands) }
}
