import { execFileSync } from 'node:child_process'
import type { Context } from 'mocha'
import { hasEngine } from '../sandbox/engine.js'

/** Skips a suite that needs an engine, with a message; with PIKO_REQUIRE_ENGINES=1 a missing engine is a failure. */
export function requireEngine(this: Context): void {
  if (hasEngine()) return
  if (process.env['PIKO_REQUIRE_ENGINES'] === '1') throw new Error('Docker does not answer')
  console.error(
    `    SKIPPED: no Docker engine answers, so "${this.currentTest?.parent?.title ?? 'this suite'}" proves nothing`,
  )
  this.skip()
}

/**
 * Runs docker and returns its output. Objects created by hand are labelled with a project, so that other tests ignore
 * them.
 */
export function docker(...args: readonly string[]): string {
  const words = withLabel(args)
  return execFileSync('docker', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
}

function withLabel(args: readonly string[]): readonly string[] {
  const [first = '', second = ''] = args
  const words = ['run', 'create', 'build'].includes(first) ? 1 : second === 'create' ? 2 : 0
  if (words === 0) return args
  return [...args.slice(0, words), '--label', 'com.docker.compose.project=made-by-hand', ...args.slice(words)]
}

export function dockerLines(...args: readonly string[]): readonly string[] {
  return docker(...args)
    .split('\n')
    .filter(line => line !== '')
}

/** Removes what was pulled from a registry. By name: others may have the same image from their own registries. */
export function removeImagesOf(host: string): void {
  const format = '{{.Repository}} {{.Tag}} {{.Digest}}'
  const found = dockerLines('image', 'ls', '--digests', '--format', format).map(line => line.split(' '))
  const names = found
    .filter(([repository]) => repository?.startsWith(`${host}/`))
    .map(([repository, tag, digest]) =>
      tag === '<none>' ? `${repository}@${digest}` : `${repository}:${tag}`,
    )
  if (names.length > 0) docker('image', 'rm', ...new Set(names))
}
