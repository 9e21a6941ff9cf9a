/** tmux itself would make `_` of `.` and `:`, silently. */
export function sessionName(project: string, environment: string): string {
  return `piko/${project}/${environment}`.replaceAll(/[.:]/g, '_')
}
