import { pikoLine } from './piko-line.js'

export interface PaneCommand {
  readonly command?: string | undefined
  readonly service?: string | undefined
}

/** The line typed into a pane. An empty line leaves the shell as it is. */
export function paneLine(environment: string, { command, service }: PaneCommand): string {
  if (service === undefined) return command ?? ''
  if (command === undefined) return pikoLine(['shell', '--env', environment, service])
  return pikoLine(['exec', '--env', environment, service, '--', 'sh', '-c', command])
}
