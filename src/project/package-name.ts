/** `compose`, for `@piko/plugin-compose`, `piko-plugin-compose` or `@acme/piko-plugin-compose`. */
export function shortName(packageName: string): string {
  return packageName.replace(/^@piko\/plugin-/, '').replace(/^(@[^/]+\/)?piko-plugin-/, '')
}

/** The package to install for a name in `plugins:`. For a short name, the name that `piko plugin new NAME` uses. */
export function packageNameOf(name: string): string {
  return name.includes('/') || name.startsWith('piko-plugin-') ? name : `piko-plugin-${name}`
}

export function installHint(names: readonly string[]): string {
  const packages = [...new Set(names.map(packageNameOf))]
  return `To install ${packages.length === 1 ? 'it' : 'them'}, run \`piko plugins install ${packages.join(' ')}\``
}
