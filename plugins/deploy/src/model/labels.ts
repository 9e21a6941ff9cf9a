/** The stage that containers, networks and volumes belong to. They have no label of an environment. */
export type Owner = { readonly project: string; readonly root: string; readonly stage: string }

export function labelsOf({ project, root, stage }: Owner): Readonly<Record<string, string>> {
  return { 'dev.piko.project': project, 'dev.piko.root': root, 'dev.piko.stage': stage }
}

/** Label filters that match only what this stage owns. */
export function ownedBy(owner: Owner): readonly string[] {
  return Object.entries(labelsOf(owner)).map(([key, value]) => `${key}=${value}`)
}
