// Files next to the code: rewrites `new URL('../../site', import.meta.url)`, which is relative to its source file, for
// the bundle one level below the root.
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { ROOT } from '../generated/packages.mjs'

const ASSET = /new URL\('([^']+)', import\.meta\.url\)/g

export const keepAssetPaths = {
  name: 'keep-asset-paths',
  setup(build) {
    build.onLoad({ filter: /\/(src|plugins)\/.*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      if (path.includes('/node_modules/') || !ASSET.test(text)) return undefined
      return { contents: text.replaceAll(ASSET, (_, file) => urlFromBundle(path, file)), loader: 'ts' }
    })
  },
}

// Relative to tsc's output: src/x/y.ts of a package becomes dist/x/y.js, at the same depth.
function urlFromBundle(path, file) {
  const inPackage = path.replace(`${ROOT}/src/`, `${ROOT}/dist/`)
  return `new URL('../${relative(ROOT, join(dirname(inPackage), file))}', import.meta.url)`
}
