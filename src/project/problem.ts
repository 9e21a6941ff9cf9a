/** Where something stands in `.piko.yml`: map keys and list indexes from the top. */
export type Path = readonly (string | number)[]

/** One thing that is wrong with the configuration, in plain words. */
export interface Problem {
  readonly path: Path
  readonly message: string
}

/** A path as a reader writes it: `ports.base`, `plugins[0]`, `env["A B"]`. */
export function pathText(path: Path): string {
  return path.map(segmentText).join('').replace(/^\./, '')
}

function segmentText(segment: string | number): string {
  if (typeof segment === 'number') return `[${segment}]`
  return /^[\w-]+$/.test(segment) ? `.${segment}` : `[${JSON.stringify(segment)}]`
}
