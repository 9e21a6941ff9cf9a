// Resolves imports between packages to the source, not to tsc's output.
import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import { ROOT } from '../generated/packages.mjs'

/** "@piko/plugin-compose/contract" → plugins/compose/src/contract.ts, longer names first, as esbuild takes the first match. */
export function contractAliases(packages) {
  const sdk = {
    root: join(ROOT, 'sdk'),
    manifest: JSON.parse(readFileSync(join(ROOT, 'sdk/package.json'), 'utf8')),
  }
  const aliases = [sdk, ...packages.slice(1)].flatMap(({ root, manifest }) =>
    Object.entries(manifest.exports)
      .filter(([path, target]) => typeof target === 'object' && !path.includes('*'))
      .map(([path, { default: file }]) => [
        join(manifest.name, path),
        join(root, file.replace('./dist/', 'src/').replace(/\.js$/, '.ts')),
      ]),
  )
  return Object.fromEntries(aliases.sort(([a], [b]) => b.length - a.length))
}
