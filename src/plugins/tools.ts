import type { ToolRequirement } from '@piko/sdk'
import coerce from 'semver/functions/coerce.js'
import satisfies from 'semver/functions/satisfies.js'
import { pluginErrors } from '../errors/plugins.js'
import { exec } from '../system/exec.js'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { cachedVersion } from './tool-versions.js'

/** The result for one requirement. */
export interface ToolFinding {
  readonly tool: ToolRequirement
  readonly found: string | undefined
  readonly fits: boolean
}

/** Determines the version of every program that the plugins need, in parallel. */
export async function findTools(
  plugins: readonly ActivePlugin[],
  signal?: AbortSignal,
): Promise<readonly ToolFinding[]> {
  const tools = plugins.flatMap(plugin => plugin.definition.tools ?? [])
  const byName = new Map(tools.map(tool => [tool.name, tool]))
  return Promise.all([...byName.values()].map(tool => findTool(tool, signal)))
}

/** Throws `TOOL_UNFIT` with every program that is missing or too old. */
export async function requireTools(plugins: readonly ActivePlugin[], signal?: AbortSignal): Promise<void> {
  const unfit = (await findTools(plugins, signal)).filter(finding => !finding.fits)
  if (unfit.length > 0)
    throw pluginErrors.TOOL_UNFIT({
      problems: unfit.map(describe),
      hints: unfit.map(({ tool }) => tool.install),
    })
}

export function describe({ tool, found, fits }: ToolFinding): string {
  if (found === undefined) return `${tool.name} is not installed (\`${tool.command.join(' ')}\` fails)`
  return fits ? `${tool.name} ${found}` : `${tool.name} is ${found}; ${tool.version} is needed`
}

async function findTool(tool: ToolRequirement, signal?: AbortSignal): Promise<ToolFinding> {
  const text = await cachedVersion(tool, () => queryVersion(tool, signal))
  const version = coerce(text)
  if (version === null) return { tool, found: undefined, fits: false }
  return { tool, found: version.version, fits: satisfies(version, tool.version) }
}

async function queryVersion(tool: ToolRequirement, signal?: AbortSignal): Promise<string | undefined> {
  const [program, ...args] = tool.command
  const result = await exec(program, args, { allowFailure: true, signal }).catch(() => undefined)
  signal?.throwIfAborted()
  return result?.exitCode === 0 ? result.stdout.trim() : undefined
}
