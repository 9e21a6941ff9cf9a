// The output of `oclif manifest`, with commands sorted by name: oclif's order depends on the disk.
import { Plugin } from '@oclif/core'
import { manifestInBundle } from '../bundle/packages.mjs'

/** Core's manifest points into the bundle, which is what runs; the plugins' manifests are bundled. */
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
