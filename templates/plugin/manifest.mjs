// Writes oclif.manifest.json: with it, piko knows the commands without importing them at every start.
import { Plugin } from '@oclif/core'
import { writeFileSync } from 'node:fs'

const plugin = new Plugin({
  root: import.meta.dirname,
  type: 'user',
  ignoreManifest: true,
  errorOnManifestCreate: true,
})
await plugin.load()
writeFileSync('oclif.manifest.json', `${JSON.stringify(plugin.manifest, null, 2)}\n`)
