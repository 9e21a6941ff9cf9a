import { hostCommands } from '../../project/host-commands.js'
import { mergedJsonSchema } from '../../project/json-schema.js'
import { readConfigFile } from '../../project/config-file.js'
import { coreSchema } from '../../project/schema.js'
import { wantedPlugins, type Workspace } from '../../workspace/open.js'
import { type Consent, isEverythingTrusted, requireApproval, type Wanted } from './consent.js'

/** When commands of `.piko.yml` run. */
type Use = 'start' | 'run' | 'destroy'

/** Makes sure that the user has approved the commands that this use of the main checkout's `.piko.yml` runs. */
export async function requireTrustInCommands(
  workspace: Workspace,
  use: Use,
  consent: Consent,
): Promise<void> {
  if (isEverythingTrusted()) return
  const wanted = await commandsToTrust(workspace)
  const items = wanted.items.filter(item => useOf(item) === use)
  await requireApproval(workspace, { ...wanted, items }, consent)
}

function useOf(item: string): Use {
  if (item.startsWith('scripts.run: ')) return 'run'
  return item.startsWith('scripts.destroy: ') ? 'destroy' : 'start'
}

/** All of them, as items to approve. */
export async function commandsToTrust(workspace: Workspace): Promise<Wanted> {
  const { root } = workspace.project
  const { file, value } = await readConfigFile(root)
  const active = new Set((await wantedPlugins(workspace)).map(({ name }) => name))
  const sections = workspace.loaded.plugins.flatMap(({ name, definition }) =>
    definition.config && active.has(name) ? [{ name, config: definition.config }] : [],
  )
  return {
    about: 'commands',
    subject: `What ${file} runs on this machine`,
    items: hostCommands(value, mergedJsonSchema(coreSchema, sections)),
    command: 'piko trust',
  }
}
