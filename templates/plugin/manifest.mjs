// Writes oclif.manifest.json, from which piko knows the commands without importing them on every start.
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
