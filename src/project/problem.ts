/** A path in `.piko.yml`: map keys and list indexes from the top. */
export type Path = readonly (string | number)[]

/** A problem in the configuration, as a message. */
export interface Problem {
  readonly path: Path
  readonly message: string
}

/** A path in readable form: `ports.base`, `plugins[0]`, `env["A B"]`. */
export function pathText(path: Path): string {
  return path.map(segmentText).join('').replace(/^\./, '')
}

function segmentText(segment: string | number): string {
  if (typeof segment === 'number') return `[${segment}]`
  return /^[\w-]+$/.test(segment) ? `.${segment}` : `[${JSON.stringify(segment)}]`
}
