import type { ErrorDetails } from '@piko/sdk'
import { pluginErrors } from '../errors/plugins.js'
import { type ActivePlugin, maySkip } from '../lifecycle/active-plugin.js'
import { describe, findTools } from './tools.js'

/** A plugin that is skipped in this run, and why. */
export interface Skipped {
  readonly plugin: string
  readonly problem: ErrorDetails
}

/** Plugins whose tools are available, and plugins that must not be skipped. The others are skipped. */
export async function usablePlugins(
  plugins: readonly ActivePlugin[],
): Promise<{ readonly plugins: readonly ActivePlugin[]; readonly skipped: readonly Skipped[] }> {
  const findings = await Promise.all(
    plugins.map(async plugin => {
      const tools = maySkip(plugin) ? await findTools([plugin]) : []
      const unfit = tools.filter(({ fits }) => !fits)
      return unfit.length === 0 ? [] : [{ plugin: plugin.name, problem: skippedFor(plugin, unfit) }]
    }),
  )
  return withoutDependents(plugins, findings.flat())
}

/**
 * A plugin that requires a skipped one is skipped as well, unless it must not be: then its own step reports the error.
 */
function withoutDependents(plugins: readonly ActivePlugin[], skipped: readonly Skipped[]) {
  const isSkipped = (name: string) => skipped.some(({ plugin }) => plugin === name)
  const left = plugins.filter(({ name }) => !isSkipped(name))
  const more = left.filter(maySkip).flatMap((plugin): readonly Skipped[] => {
    const needed = plugin.definition.requires?.find(isSkipped)
    if (needed === undefined) return []
    const because = `it needs the plugin ${needed}, which is skipped, too`
    return [
      {
        plugin: plugin.name,
        problem: pluginErrors.PLUGIN_SKIPPED({ plugin: plugin.name, because, hints: [] }).details,
      },
    ]
  })
  if (more.length === 0) return { plugins: left, skipped }
  return withoutDependents(plugins, [...skipped, ...more])
}

function skippedFor({ name }: ActivePlugin, unfit: Awaited<ReturnType<typeof findTools>>): ErrorDetails {
  const because = unfit.map(describe).join('; ')
  return pluginErrors.PLUGIN_SKIPPED({ plugin: name, because, hints: unfit.map(({ tool }) => tool.install) })
    .details
}
