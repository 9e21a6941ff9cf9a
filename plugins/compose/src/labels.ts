import type { Project } from '@piko/sdk'

/** The owner of containers, networks and volumes. Without its labels piko never stops, removes or counts any. */
export type Owner = Pick<Project, 'id' | 'root' | 'formerRoots'> & {
  readonly project: string
  readonly environment: string
}

type Labels = Readonly<Record<string, string>> | null | undefined

interface Situation {
  readonly project: Project
  readonly environment: { readonly name: string }
}

export function ownerOf({ project, environment }: Situation): Owner {
  return { ...project, project: project.name, environment: environment.name }
}

export function labelsOf(owner: Owner): Readonly<Record<string, string>> {
  return {
    'dev.piko.project': owner.project,
    'dev.piko.environment': owner.environment,
    'dev.piko.id': owner.id,
    'dev.piko.root': owner.root,
  }
}

/**
 * Label filters for what this environment owns. A project of the same name could match too, so `isOwned` decides about
 * what is found.
 */
export function ownedBy({ project, environment }: Owner): readonly string[] {
  return [`dev.piko.project=${project}`, `dev.piko.environment=${environment}`]
}

export function isOwned(labels: Labels, owner: Owner): boolean {
  return (
    labels?.['dev.piko.project'] === owner.project &&
    labels['dev.piko.environment'] === owner.environment &&
    isOfProject(labels, owner)
  )
}

/** Whether a project made it. What versions without ids made is known by the path at that time. */
export function isOfProject(
  labels: Labels,
  { id, root, formerRoots }: Pick<Owner, 'id' | 'root' | 'formerRoots'>,
): boolean {
  const [madeBy, madeAt] = [labels?.['dev.piko.id'], labels?.['dev.piko.root']]
  if (madeBy !== undefined) return madeBy === id
  return madeAt !== undefined && [root, ...formerRoots].includes(madeAt)
}
