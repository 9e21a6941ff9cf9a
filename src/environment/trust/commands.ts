import { hostCommands } from '../../project/host-commands.js'
import { mergedJsonSchema } from '../../project/json-schema.js'
import { readConfigFile } from '../../project/config-file.js'
import { coreSchema } from '../../project/schema.js'
import { presentPlugins, type Workspace } from '../../workspace/open.js'
import { type Consent, isEverythingTrusted, requireApproval, type Wanted } from './consent.js'

/** Makes sure that the user has approved the commands for this machine in the main checkout's `.piko.yml`. */
export async function requireTrustInCommands(workspace: Workspace, consent: Consent): Promise<void> {
  if (isEverythingTrusted()) return
  await requireApproval(workspace, await commandsToTrust(workspace), consent)
}

/** The same for one of core's scripts. A script that is not there needs no approval. */
export async function requireTrustInScript(
  workspace: Workspace,
  script: string | undefined,
  consent: Consent,
): Promise<void> {
  if (script !== undefined) await requireTrustInCommands(workspace, consent)
}

export async function commandsToTrust(workspace: Workspace): Promise<Wanted> {
  const { root } = workspace.project
  const { file, value } = await readConfigFile(root)
  const active = new Set((await presentPlugins(workspace)).map(({ name }) => name))
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
