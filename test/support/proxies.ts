import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dockerLines } from './engine.js'

/** Removes what a test's own proxy has left on the engine: all that carries the label of its folder. */
export function removeProxy(folder: string): void {
  if (!existsSync(folder)) return
  const filter = ['--filter', `label=dev.piko.root=${folder}`]
  const remove = (words: readonly string[], names: readonly string[]) =>
    names.length > 0 && spawnSync('docker', [...words, ...names], { stdio: 'ignore' })
  remove(['rm', '-f', '-v'], dockerLines('ps', '-aq', ...filter))
  remove(['network', 'rm'], dockerLines('network', 'ls', '-q', ...filter))
  remove(['volume', 'rm', '-f'], dockerLines('volume', 'ls', '-q', ...filter))
}
