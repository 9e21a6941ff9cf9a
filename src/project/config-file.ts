import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectErrors } from '../errors/project.js'
import { configFileNames } from './config-file-names.js'
import { parseConfig, type ConfigDocument } from './config-document.js'

/** Reads the configuration in the main checkout `root`. An absent file reads as an empty one. */
export async function readConfigFile(root: string): Promise<ConfigDocument> {
  const texts = await Promise.all(configFileNames.map(file => readTextIfThere(join(root, file))))
  const found = configFileNames.flatMap((file, index) => {
    const text = texts[index]
    return text === undefined ? [] : [{ file, text }]
  })
  const [first = { file: configFileNames[0], text: '' }, second] = found
  if (second) throw projectErrors.CONFIG_AMBIGUOUS({ root, file: first.file, other: second.file })
  return parseConfig(first.text, first.file)
}

async function readTextIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw projectErrors.CONFIG_UNREADABLE({ path, cause: error })
  }
}
