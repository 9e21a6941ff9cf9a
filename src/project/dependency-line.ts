/** The line of `.piko.yml` that copies or installs a dependency folder. */
export function dependencyLine(path: string, how: 'copy' | 'install'): string {
  return `dependencies: { ${/^[\w./@-]+$/.test(path) ? path : JSON.stringify(path)}: ${how} }`
}
