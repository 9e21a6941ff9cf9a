// Bundles core, the SDK, the first-party plugins and their libraries into bundle/, split by command, so that a command
// opens only a few dozen files. SQLite's driver, which is compiled, and modules shared with third-party plugins stay
// outside.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { contractAliases } from './bundle/aliases.mjs'
import { keepAssetPaths } from './bundle/assets.mjs'
import { entryPoints } from './bundle/entries.mjs'
import { licenceText } from './bundle/licences.mjs'
import { describePlugins } from './bundle/packages.mjs'
import { findPackages, ROOT } from './generated/packages.mjs'

const FOLDER = join(ROOT, 'bundle')
const packages = findPackages()

rmSync(FOLDER, { recursive: true, force: true })
const { metafile } = await build({
  absWorkingDir: ROOT,
  alias: contractAliases(packages),
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  bundle: true,
  chunkNames: '[hash]',
  entryPoints: entryPoints(packages),
  external: ['better-sqlite3', '@oclif/plugin-*', 'typescript', 'ts-node', 'tsx'],
  format: 'esm',
  legalComments: 'none', // the licences are written to a separate file
  logLevel: 'warning',
  metafile: true,
  minify: true,
  outdir: FOLDER,
  platform: 'node',
  plugins: [keepAssetPaths],
  sourcemap: 'linked',
  sourcesContent: false,
  splitting: true,
  target: 'node20.19',
  tsconfig: 'tsconfig.base.json',
})
writeFileSync(join(FOLDER, 'packages.json'), `${JSON.stringify(describePlugins(packages))}\n`)
writeFileSync(join(FOLDER, 'LICENSES.txt'), licenceText(Object.keys(metafile.inputs)))
