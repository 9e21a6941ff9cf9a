import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'

/** What npm is to install, and the file or folder that it is, where it is one. */
export interface Spec {
  readonly spec: string
  readonly path?: string
}

/** Reads a word as npm does: what looks like a path, or is a tarball that is there, is one. */
export function parseSpec(word: string, folder: string): Spec {
  const said = word.startsWith('file:') ? word.slice('file:'.length).replace(/^\/\//, '') : word
  const path = resolve(folder, said.replace(/^~(?=\/)/, homedir()))
  const isPath =
    word.startsWith('file:') ||
    /^(\.{0,2}|~)\//.test(said) ||
    said === '.' ||
    said === '..' ||
    isTarball(path)
  return isPath ? { spec: `file:${path}`, path } : { spec: word }
}

function isTarball(path: string): boolean {
  return /\.(tgz|tar\.gz)$/.test(path) && existsSync(path)
}
