import { detailsOf, type ProposedVariable } from '@piko/sdk'
import { projectScope } from '../runs/project-scope.js'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { makeContext } from '../lifecycle/context.js'
import type { Workspace } from '../workspace/open.js'

/** What plugins would write into a first `.piko.yml`. */
export interface Proposals {
  readonly env: readonly ProposedVariable[]
  /** Why a plugin could propose nothing, by plugin. */
  readonly unread: readonly { readonly plugin: string; readonly because: string }[]
}

/** Asks the plugins that take part. One that fails proposes nothing: `init` writes its file all the same. */
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
