import { definePlugin, fill, linksSlot } from '@piko/sdk'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { checkoutStep } from './steps/checkout.js'
import { dependenciesStep } from './steps/dependencies.js'
import { envFileStep } from './steps/env-file.js'
import { pinnedPortsStep } from './steps/pinned-ports.js'
import { reserveStep } from './steps/reserve.js'
import { prepareScriptStep, setupScriptStep } from './steps/script.js'
import type { Ports } from '../ports/assign.js'
import type { Workspace } from '../workspace/open.js'
import type { Branch } from '../worktree/repository.js'

export interface CoreOptions {
  /** Default: `up`. */
  readonly way?: 'up' | 'back'
  /** The branch, if this command has already resolved it. */
  readonly findBranch?: () => Promise<Branch | undefined>
}

/**
 * Core's own steps, like those of any plugin, but with access to the workspace. On the way up, only those with
 * something to do; on the way back, all that may have rows.
 */
export function corePlugin(
  workspace: Workspace,
  version: string,
  { way = 'up', findBranch }: CoreOptions = {},
): ActivePlugin {
  const { config } = workspace
  const wants = (script: string | undefined) => way === 'back' || script !== undefined
  const definition = definePlugin({
    name: 'core',
    summary: 'Worktrees, ports, variables and scripts',
    contributes: {
      fills: [fill(linksSlot, () => config.files.link)],
      variables: context => ({
        PIKO_ROOT: context.project.root,
        PIKO_ENV_NAME: context.environment.name,
        PIKO_ENV_ID: String(context.environment.id),
        PIKO_ENV_PATH: context.environment.path,
        PIKO_BRANCH: context.environment.branch,
        ...reserved(context.receipt(reserveStep(workspace))),
        ...context.receipt(envFileStep(workspace))?.variables,
      }),
    },
    steps: [
      reserveStep(workspace),
      checkoutStep(workspace, findBranch),
      envFileStep(workspace),
      dependenciesStep(workspace),
      ...(way === 'back' ? [pinnedPortsStep({})] : []),
      ...(wants(config.scripts.prepare) ? [prepareScriptStep(config.scripts.prepare)] : []),
      ...(wants(config.scripts.setup) ? [setupScriptStep(config.scripts.setup)] : []),
    ],
  })
  return { name: 'core', packageName: 'piko', version, definition, config, because: 'always there' }
}

/** Adds the step for `create --port`. */
export function withPinnedPorts(core: ActivePlugin, pinned: Ports): ActivePlugin {
  if (Object.keys(pinned).length === 0) return core
  const steps = [...(core.definition.steps ?? []), pinnedPortsStep(pinned)]
  return { ...core, definition: { ...core.definition, steps } }
}

function reserved(receipt: { readonly project: string } | undefined): Readonly<Record<string, string>> {
  return receipt ? { PIKO_PROJECT: receipt.project } : {}
}
