import type { Failure } from '@piko/sdk'
import { pluginErrors } from '../errors/plugins.js'
import { readConfigFile } from '../project/config-file.js'
import { installHint, shortName } from '../project/package-name.js'
import type { Path } from '../project/problem.js'
import { decisionsIn, type Workspace } from '../workspace/open.js'

/** The error for a plugin that a command needs and that is inactive in the project. Names the line responsible. */
export async function whyOff(workspace: Workspace, name: string): Promise<Failure> {
  const decision = (await decisionsIn(workspace)).find(({ plugin }) => plugin.name === name)
  const isInstalled = workspace.installed.candidates.some(candidate => candidate.name === name)
  if (!decision && isInstalled)
    return pluginErrors.PLUGIN_OFF({ name, because: 'the project does not use it', hint: useHint(name) })
  if (!decision)
    return pluginErrors.PLUGIN_OFF({ name, because: 'it is not installed', hint: installHint([name]) })
  if (decision.isExplicit && !decision.wanted) return switchedOff(workspace, name)
  return pluginErrors.PLUGIN_OFF({
    name,
    because: decision.because,
    hint: decision.hint ?? useHint(name),
  })
}

function useHint(name: string): string {
  return `To use it, set \`plugins: { ${name}: true }\` in .piko.yml`
}

function mappingOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}

async function switchedOff({ project, config }: Workspace, name: string): Promise<Failure> {
  const document = await readConfigFile(project.root)
  const placeOf = (path: Path) => `${document.file}:${document.positionOf(path).line}`
  const written = Object.keys(mappingOf(document.value['plugins'])).find(key => shortName(key) === name)
  if (Array.isArray(config.plugins) || written === undefined) {
    const place = placeOf(['plugins'])
    const because = `\`plugins\` in ${place} does not list it`
    return pluginErrors.PLUGIN_OFF({
      name,
      because,
      hint: `To use it, add ${name} to \`plugins\` in ${place}`,
    })
  }
  const place = placeOf(['plugins', written])
  const because = `${place} sets it to false`
  return pluginErrors.PLUGIN_OFF({ name, because, hint: `To use it, write \`${written}: true\` in ${place}` })
}
