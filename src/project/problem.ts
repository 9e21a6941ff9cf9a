/** A path in `.piko.yml`: map keys and list indexes from the top. */
export type Path = readonly (string | number)[]

/** A problem in the configuration, as a message. */
export interface Problem {
  readonly path: Path
  readonly message: string
}

/** A problem and its position in the file. */
export interface PlacedProblem {
  readonly line: number
  readonly column: number
  /** Empty for a problem of the whole file, such as a syntax error. */
  readonly path: string
  readonly message: string
}

/** Lines such as `.piko.yml:2:11  plugins[0]: …`, without duplicates, in the order of the file. */
export function problemLines(file: string, problems: readonly PlacedProblem[]): readonly string[] {
  const inOrder = [...problems].sort((one, other) => one.line - other.line || one.column - other.column)
  const lines = inOrder.map(problem => {
    const what = problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`
    return `${file}:${problem.line}:${problem.column}  ${what}`
  })
  return [...new Set(lines)]
}

/** A path in readable form: `ports.base`, `plugins[0]`, `env["A B"]`. */
export function pathText(path: Path): string {
  return path.map(segmentText).join('').replace(/^\./, '')
}

function segmentText(segment: string | number): string {
  if (typeof segment === 'number') return `[${segment}]`
  return /^[\w-]+$/.test(segment) ? `.${segment}` : `[${JSON.stringify(segment)}]`
}
