import type { InstalledPackage } from './candidate.js'

/** Commands of plugins that another package has too, in words: oclif takes one of them and says nothing. */
export function doubleCommands(
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
        return other ? [doubleText(plugin, { id, other })] : []
      }),
    )
}

function doubleText(
  { name, version }: InstalledPackage,
  { id, other }: { readonly id: string; readonly other: InstalledPackage },
): string {
  const command = `\`piko ${id.replaceAll(':', ' ')}\``
  const outcome = other.type === 'core' ? 'which keeps belonging to' : 'and so has'
  return `${name} ${version} has the command ${command}, ${outcome} ${other.name}`
}
