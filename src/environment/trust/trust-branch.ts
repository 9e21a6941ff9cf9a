import { usablePlugins } from '../../plugins/usable.js'
import { beginCommand } from '../../runs/begin-run.js'
import { activePlugins } from '../../workspace/open.js'
import { corePlugin } from '../core-plugin.js'
import { type CreateRequest, identityOf } from '../prepare-create.js'
import { type Identity, readEnvironments } from '../record.js'
import { requireTrustIn } from './trust-run.js'

export type TrustBranchRequest = Pick<
  CreateRequest,
  'workspace' | 'version' | 'name' | 'narrator' | 'consent'
>

/** Approves what a branch reaches beyond the main checkout, before or after its environment is created. */
export async function trustBranch(request: TrustBranchRequest): Promise<void> {
  const { workspace, version, narrator, consent } = request
  const identity = identityToTrust(request)
  const usable = await usablePlugins(await activePlugins(workspace))
  const plugins = [corePlugin(workspace, version), ...usable.plugins]
  await beginCommand({ workspace, narrator, name: `trust ${identity.name}` }, async command => {
    await requireTrustIn(command, {
      identity,
      request: { workspace, name: identity.name, verb: 'create', plugins, narrator },
      consent,
      plugins: copy => [corePlugin(copy, version), ...usable.plugins],
    })
  })
}

/** The environment with this name or branch, or the one that `piko create` would make. */
export function identityToTrust({
  workspace,
  name,
}: Pick<TrustBranchRequest, 'workspace' | 'name'>): Identity {
  const known = readEnvironments(workspace.state).find(
    environment => environment.name === name || environment.branch === name,
  )
  return known ?? identityOf({ workspace, name, branch: undefined })
}
