import { fetchConfig, type Looking } from '@piko/plugin-compose/contract/engine'
import type { Json } from '@piko/sdk'
import type { DeployInput } from '../contract.js'

export type Definition = { readonly [key: string]: Json }

/** What the Compose files say, resolved by Compose. */
export interface Files {
  readonly services: Readonly<Record<string, Definition>>
  readonly volumes: Readonly<Record<string, Definition>>
  readonly secrets: Readonly<Record<string, Json>>
  readonly configs: Readonly<Record<string, Json>>
}

/** Reads the Compose files of the main checkout with their active profiles. Without files, there are no services. */
export async function fetchFiles(
  context: Looking,
  { invocation }: Pick<DeployInput, 'invocation'>,
  project: string,
): Promise<Files> {
  if (invocation === null) return { services: {}, volumes: {}, secrets: {}, configs: {} }
  const { profiles } = invocation
  const { stdout } = await fetchConfig(context, { ...invocation, project }, { profiles })
  const { services = {}, volumes = {}, secrets = {}, configs = {} } = JSON.parse(stdout) as Partial<Files> // Compose's format
  return { services, volumes: withoutNull(volumes), secrets, configs }
}

function withoutNull(volumes: Readonly<Record<string, Definition | null>>): Files['volumes'] {
  return Object.fromEntries(Object.entries(volumes).map(([key, volume]) => [key, volume ?? {}]))
}
