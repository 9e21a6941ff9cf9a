/** The requested name of the Compose project: Compose accepts lowercase letters, digits, `-` and `_`. */
export function projectName(project: string, environment: string): string {
  const slug = project.toLowerCase().replaceAll(/[^a-z0-9_]+/g, '-')
  return `piko-${slug.replaceAll(/^-+|-+$/g, '') || 'project'}-${environment}`
}
