/** `@piko/plugin-compose`, `piko-plugin-compose` and `@acme/piko-plugin-compose` are all `compose`. */
export function shortName(packageName: string): string {
  return packageName.replace(/^@piko\/plugin-/, '').replace(/^(@[^/]+\/)?piko-plugin-/, '')
}

/** The package to install for a name in `plugins:`: what `piko plugin new NAME` calls it, where it is a short one. */
export function packageNameOf(name: string): string {
  return name.includes('/') || name.startsWith('piko-plugin-') ? name : `piko-plugin-${name}`
}

export function installHint(names: readonly string[]): string {
  const packages = [...new Set(names.map(packageNameOf))]
  return `To install ${packages.length === 1 ? 'it' : 'them'}, run \`piko plugins install ${packages.join(' ')}\``
}
