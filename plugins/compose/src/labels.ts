/** The owner of containers, networks and volumes. Without these labels piko never stops, removes or counts any. */
export type Owner = { readonly project: string; readonly environment: string; readonly root: string }

interface Situation {
  readonly project: { readonly name: string; readonly root: string }
  readonly environment: { readonly name: string }
}

export function ownerOf({ project, environment }: Situation): Owner {
  return { project: project.name, environment: environment.name, root: project.root }
}

export function labelsOf(owner: Owner): Readonly<Record<string, string>> {
  return {
    'dev.piko.project': owner.project,
    'dev.piko.environment': owner.environment,
    'dev.piko.root': owner.root,
  }
}

/** Label filters that match only what this environment owns. */
export function ownedBy(owner: Owner): readonly string[] {
  return Object.entries(labelsOf(owner)).map(([key, value]) => `${key}=${value}`)
}

/** Label filters for all environments of a project. */
export function ownedByProject({ project, root }: Pick<Owner, 'project' | 'root'>): readonly string[] {
  return [`dev.piko.project=${project}`, `dev.piko.root=${root}`]
}

export function isOwned(labels: Readonly<Record<string, string>> | null | undefined, owner: Owner): boolean {
  return Object.entries(labelsOf(owner)).every(([key, value]) => labels?.[key] === value)
}
