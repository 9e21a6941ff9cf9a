import type { Project } from '@piko/sdk'

/** The stage that containers, networks and volumes belong to. They have no label of an environment. */
export type Owner = Pick<Project, 'id' | 'root'> & { readonly project: string; readonly stage: string }

export function ownerOf({ id, root, name }: Project, stage: string): Owner {
  return { id, root, project: name, stage }
}

export function labelsOf({ id, root, project, stage }: Owner): Readonly<Record<string, string>> {
  return { 'dev.piko.project': project, 'dev.piko.id': id, 'dev.piko.root': root, 'dev.piko.stage': stage }
}

/** Label filters that match only what this stage owns, wherever its project is now. */
export function ownedBy({ id, stage }: Owner): readonly string[] {
  return [`dev.piko.id=${id}`, `dev.piko.stage=${stage}`]
}
