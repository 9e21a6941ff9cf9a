// Writes oclif.manifest.json for the root and each plugin, from which piko knows the commands without importing them.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { computeManifests, manifestText } from './generated/manifests.mjs'
import { findPackages } from './generated/packages.mjs'

const packages = findPackages()
const manifests = await computeManifests(packages)
for (const [index, { root }] of packages.entries()) {
  writeFileSync(join(root, 'oclif.manifest.json'), manifestText(manifests[index]))
}
