import { existsSync } from 'node:fs'
import { removeLabelled } from '../sandbox/engine.js'

/** Removes what a test's own proxy left on the engine: everything with the label of its folder. */
export function removeProxy(folder: string): void {
  if (existsSync(folder)) removeLabelled(`dev.piko.root=${folder}`)
}
