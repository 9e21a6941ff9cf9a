import { delimiter, join } from 'node:path'

/** The paths that a program can have on the `PATH`, for a tool's `installedAt`. */
export function programPaths(program: string): readonly string[] {
  return (process.env['PATH'] ?? '').split(delimiter).map(folder => join(folder, program))
}
