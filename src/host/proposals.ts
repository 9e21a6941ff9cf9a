import { detailsOf, type ProposedVariable } from '@piko/sdk'
import { projectScope } from '../runs/project-scope.js'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { makeContext } from '../lifecycle/context.js'
import type { Workspace } from '../workspace/open.js'

/** What plugins propose for a first `.piko.yml`. */
export interface Proposals {
  readonly env: readonly ProposedVariable[]
  /** Errors of proposals, by plugin. */
  readonly unread: readonly { readonly plugin: string; readonly because: string }[]
}

/** Collects proposals from the active plugins. A failing plugin is left out, so that `init` still writes its file. */
export async function collectProposals(
  workspace: Workspace,
  plugins: readonly ActivePlugin[],
): Promise<Proposals> {
  const scope = projectScope(workspace, plugins)
  const { signal } = new AbortController()
  const answers = await Promise.all(
    plugins.map(async plugin => {
      try {
        return await plugin.definition.propose?.(makeContext(scope, { plugin, verb: 'look', signal }))
      } catch (error) {
        return { plugin: plugin.name, because: detailsOf(error)?.message ?? String(error) }
      }
    }),
  )
  return {
    env: answers.flatMap(answer => (answer && 'env' in answer ? answer.env : [])),
    unread: answers.flatMap(answer => (answer && 'because' in answer ? [answer] : [])),
  }
}
