// A project's objects on the Docker engine, found by piko's label.
import { objectKinds } from '../../build/test/sandbox/engine.js'
import { finish } from './run.mjs'

const labelFilter = project => `label=dev.piko.project=${project}`
const lines = text => text.split('\n').filter(Boolean)

/** The listings: `{kind, command, names}`. */
export async function listObjects(project, options) {
  const listings = []
  for (const { kind, list } of objectKinds) {
    const command = ['docker', ...list, '--filter', labelFilter(project)]
    const { code, stdout } = await finish(command, options)
    if (code !== 0) throw new Error(`\`${command.join(' ')}\` ended with ${code}`)
    listings.push({ kind, command, names: lines(stdout) })
  }
  return listings
}

/** All volumes used by containers of the project. Anonymous ones have no label and cannot be found otherwise. */
export async function listMountedVolumes(project, options) {
  const listed = await finish(['docker', 'ps', '--all', '--quiet', '--filter', labelFilter(project)], options)
  const containers = lines(listed.stdout)
  if (containers.length === 0) return []
  const format = '{{range .Mounts}}{{if eq .Type "volume"}}{{println .Name}}{{end}}{{end}}'
  const { stdout } = await finish(['docker', 'inspect', '--format', format, ...containers], options)
  return lines(stdout)
}

/** Removes those of the volumes that still exist, and returns their names. */
export async function removeVolumes(names, options) {
  const { code, stdout } = await finish(['docker', 'volume', 'ls', '--quiet'], options)
  if (code !== 0) throw new Error(`\`docker volume ls\` ended with ${code}`)
  const existing = new Set(lines(stdout))
  const left = names.filter(name => existing.has(name))
  if (left.length > 0) await finish(['docker', 'volume', 'rm', ...left], options)
  return left
}
