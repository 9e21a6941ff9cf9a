import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { docker } from '#test/support/engine.js'

/** An image with this machine's GNU tar, which no image of the test bed has. */
export function buildTarImage(): { readonly id: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'piko-tar-'))
  const tag = `piko-test-tar-${randomBytes(4).toString('hex')}`
  // Its own shell too: busybox's shell runs its built-in tar for every `tar`.
  for (const program of [programOf('tar'), '/bin/sh']) {
    put(program, join(folder, 'root/opt', basename(program)))
    const libraries = execFileSync('ldd', [program], { encoding: 'utf8' }).match(/\/\S+/g) ?? []
    for (const file of libraries) put(file, join(folder, 'root', file))
  }
  // A cached image would be as old as its first build, and piko tries only the newest few.
  writeFileSync(join(folder, 'root/opt/unique'), tag)
  const path = 'ENV PATH=/opt:/bin:/usr/bin:/sbin:/usr/sbin'
  writeFileSync(join(folder, 'Dockerfile'), `FROM busybox:latest\nCOPY root/ /\n${path}\n`)
  docker('build', '--quiet', '--network', 'none', '--tag', tag, folder)
  rmSync(folder, { recursive: true, force: true })
  return {
    id: docker('image', 'inspect', '--format', '{{.Id}}', tag),
    remove: () => void docker('image', 'rm', '--force', tag),
  }
}

function programOf(name: string): string {
  return execFileSync('sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8' }).trim()
}

function put(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to)
}
