// What `oclif manifest` would write, with the commands by name: oclif has them as the disk happens to list them.
import { Plugin } from '@oclif/core'
import { manifestInBundle } from '../bundle/packages.mjs'

/** That of core leads into the bundle, which is what runs; the plugins' are put into the bundle themselves. */
export async function computeManifests(packages) {
  const [core, ...plugins] = await Promise.all(packages.map(({ root }) => computeManifest(root)))
  return [manifestInBundle('core', core, ['bundle']), ...plugins]
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
