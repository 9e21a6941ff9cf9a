// Records what oclif's configuration says of piko, for what is answered without loading oclif: help and mistakes.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Writes `oclif.json` into the bundle, which is complete otherwise. */
export async function recordConfig(folder) {
  const empty = mkdtempSync(join(tmpdir(), 'piko-no-plugins-'))
  try {
    process.env.PIKO_DATA_DIR = empty
    const { loadConfig } = await import(pathToFileURL(join(folder, 'oclif.own-plugins.js')).href)
    writeFileSync(join(folder, 'oclif.json'), `${JSON.stringify(recordOf(await loadConfig()))}\n`)
  } finally {
    rmSync(empty, { recursive: true })
  }
}

function recordOf({ name, version, bin, pjson, commands, topics, plugins }) {
  const dynamic = commands.filter(({ hasDynamicHelp }) => hasDynamicHelp).map(({ id }) => id)
  if (dynamic.length > 0) throw new Error(`their help cannot be recorded: ${dynamic.join(', ')}`)
  return {
    facts: { name, version, bin },
    pjson: { description: pjson.description, oclif: pjson.oclif },
    commands,
    topics,
    plugins: [...plugins.values()].map(plugin => ({
      name: plugin.name,
      version: plugin.version,
      type: plugin.type,
      pjson: { piko: plugin.pjson.piko, oclif: {} },
    })),
  }
}
