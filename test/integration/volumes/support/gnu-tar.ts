import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { docker } from '../../../support/engine.js'

/** An image with this machine's own GNU tar, which none of the test bed's images has. */
export function buildTarImage(): { readonly id: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'piko-tar-'))
  const tag = `piko-test-tar-${randomBytes(4).toString('hex')}`
  const tar = execFileSync('sh', ['-c', 'readlink -f "$(command -v tar)"'], { encoding: 'utf8' }).trim()
  const libraries = execFileSync('ldd', [tar], { encoding: 'utf8' }).match(/\/\S+/g) ?? []
  for (const file of libraries) {
    mkdirSync(join(folder, 'root', dirname(file)), { recursive: true })
    copyFileSync(file, join(folder, 'root', file))
  }
  mkdirSync(join(folder, 'root/usr/local/bin'), { recursive: true })
  copyFileSync(tar, join(folder, 'root/usr/local/bin/tar'))
  const lines = [
    'FROM busybox:latest',
    'COPY root/ /',
    'ENV PATH=/usr/local/bin:/bin:/usr/bin:/sbin:/usr/sbin',
  ]
  writeFileSync(join(folder, 'Dockerfile'), `${lines.join('\n')}\n`)
  docker('build', '--quiet', '--network', 'none', '--tag', tag, folder)
  rmSync(folder, { recursive: true, force: true })
  return {
    id: docker('image', 'inspect', '--format', '{{.Id}}', tag),
    remove: () => void docker('image', 'rm', '--force', tag),
  }
}
