/** The line of `.piko.yml` that brings a folder of dependencies. */
export function dependencyLine(path: string, how: 'copy' | 'install'): string {
  return `dependencies: { ${/^[\w./@-]+$/.test(path) ? path : JSON.stringify(path)}: ${how} }`
}
