/** tmux would silently replace `.` and `:` with `_`. */
export function sessionName(project: string, environment: string): string {
  return `piko/${project}/${environment}`.replaceAll(/[.:]/g, '_')
}
