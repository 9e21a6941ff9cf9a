import type { InstalledPackage } from './candidate.js'

/** Warnings about plugin commands that another package also has: oclif silently uses one of them. */
export function duplicateCommands(
  packages: readonly InstalledPackage[],
  among: readonly InstalledPackage[] = packages,
): readonly string[] {
  return among
    .filter(({ type }) => type !== 'core')
    .flatMap(plugin =>
      (plugin.commandIDs ?? []).flatMap(id => {
        const other = packages.find(
          ({ name, commandIDs }) => name !== plugin.name && commandIDs?.includes(id),
        )
        return other ? [duplicateText(plugin, { id, other })] : []
      }),
    )
}

function duplicateText(
  { name, version }: InstalledPackage,
  { id, other }: { readonly id: string; readonly other: InstalledPackage },
): string {
  const command = `\`piko ${id.replaceAll(':', ' ')}\``
  const outcome = other.type === 'core' ? 'which keeps belonging to' : 'and so has'
  return `${name} ${version} has the command ${command}, ${outcome} ${other.name}`
}
