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
import { quickOptions } from './bundle/quick.mjs'
import { recordConfig } from './bundle/recorded-config.mjs'
import { findPackages, ROOT } from './generated/packages.mjs'

const FOLDER = join(ROOT, 'bundle')
const packages = findPackages()

rmSync(FOLDER, { recursive: true, force: true })
const common = {
  absWorkingDir: ROOT,
  alias: contractAliases(packages),
  bundle: true,
  external: ['@oclif/plugin-*', 'typescript', 'ts-node', 'tsx'],
  legalComments: 'none', // the licences are written to a separate file
  logLevel: 'warning',
  metafile: true,
  minify: true,
  outdir: FOLDER,
  platform: 'node',
  sourcemap: 'linked',
  sourcesContent: false,
  target: 'node20.19',
  tsconfig: 'tsconfig.base.json',
}
const built = await Promise.all([
  build({
    ...common,
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    chunkNames: '[hash]',
    entryPoints: entryPoints(packages),
    external: [...common.external, 'better-sqlite3'],
    format: 'esm',
    plugins: [keepAssetPaths],
    splitting: true,
  }),
  ...quickOptions(packages).map(quick => build({ ...common, ...quick })),
])
writeFileSync(join(FOLDER, 'packages.json'), `${JSON.stringify(await describePlugins(packages))}\n`)
const inputs = built.flatMap(({ metafile }) => Object.keys(metafile.inputs))
writeFileSync(join(FOLDER, 'LICENSES.txt'), licenceText(inputs))
await recordConfig(FOLDER)
