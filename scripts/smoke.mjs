// `npm run smoke [-- NODE…]`: packs piko, checks the package's contents, installs it with npm into a clean prefix and
// runs an environment's lifecycle with the installed command. Uses this Node, or each NODE, a path to a `node`.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { say } from './demo/narrate.mjs'
import { requireContents } from './smoke/contents.mjs'
import { install } from './smoke/install.mjs'
import { pack } from './smoke/pack.mjs'
import { live } from './smoke/live.mjs'

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'piko-smoke-'))
try {
  const { tarball, files, size } = pack(folder)
  requireContents({ files, size })
  say(`The package has ${files.length} files, all of them expected, and ${Math.round(size / 1000)} kB`)
  const given = process.argv.slice(2)
  const nodes = given.length > 0 ? given : [process.execPath]
  const installed = await Promise.all(
    nodes.map((node, index) => install(node, { tarball, prefix: join(folder, `${index}`) })),
  )
  installed.forEach(live)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
