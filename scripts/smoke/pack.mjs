import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '../demo/sandbox.mjs'

/** Packs piko as `npm publish` would: `{tarball, files}`, the paths as they are in the package. */
export function pack(folder) {
  const words = ['pack', '--json', '--silent', '--pack-destination', folder]
  const said = execFileSync('npm', words, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [{ filename, files }] = JSON.parse(said.slice(said.indexOf('[\n')))
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) }
}
