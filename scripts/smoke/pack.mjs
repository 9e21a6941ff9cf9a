import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '../generated/packages.mjs'

/**
 * Packs piko as `npm publish` would. Returns `{tarball, files, size}`: paths inside the package, and the tarball's size
 * in bytes.
 */
export function pack(folder, root = ROOT) {
  const words = ['pack', '--json', '--silent', '--pack-destination', folder]
  const said = execFileSync('npm', words, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [{ filename, files, size }] = JSON.parse(said.slice(said.indexOf('[\n')))
  return { tarball: join(folder, filename), files: files.map(({ path }) => path), size }
}
