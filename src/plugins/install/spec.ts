import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'

/** A package for npm to install. `path` is its file or folder, if it has one. */
export interface Spec {
  readonly spec: string
  readonly path?: string
}

/** Interprets a word as npm does: as a path if it looks like one or is an existing tarball. */
export function parseSpec(word: string, folder: string): Spec {
  const plain = word.startsWith('file:') ? word.slice('file:'.length).replace(/^\/\//, '') : word
  const path = resolve(folder, plain.replace(/^~(?=\/)/, homedir()))
  const isPath =
    word.startsWith('file:') ||
    /^(\.{0,2}|~)\//.test(plain) ||
    plain === '.' ||
    plain === '..' ||
    isTarball(path)
  return isPath ? { spec: `file:${path}`, path } : { spec: word }
}

function isTarball(path: string): boolean {
  return /\.(tgz|tar\.gz)$/.test(path) && existsSync(path)
}
