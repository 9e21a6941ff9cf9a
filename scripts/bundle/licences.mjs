// The licences of the bundled libraries, all of which require that their text is included.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../generated/packages.mjs'

export function licenceText(inputs) {
  const folders = inputs.map(folderOf).filter(folder => folder !== undefined)
  return [...new Set(folders)]
    .sort()
    .map(entryOf)
    .join(`\n${'-'.repeat(80)}\n\n`)
}

/** node_modules/a/node_modules/@b/c of node_modules/a/node_modules/@b/c/lib/index.js. */
function folderOf(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]
}

function entryOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'))
  const file = readdirSync(join(ROOT, folder)).find(entry => /^licen[cs]e/i.test(entry))
  const path = file && join(ROOT, folder, file)
  const text = path && existsSync(path) ? readFileSync(path, 'utf8').trim() : `Licence: ${license}`
  return `${name} ${version}\n\n${text}\n`
}
