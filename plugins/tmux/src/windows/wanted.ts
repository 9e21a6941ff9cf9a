import { servicesFact } from '@piko/plugin-compose/contract'
import type { EnvironmentContext } from '@piko/sdk'
import type { TmuxConfig } from '../config.js'
import { windowSlot } from '../contract.js'
import { type PaneCommand, paneLine } from './pane-command.js'
import { pikoLine } from './piko-line.js'

/** `typed`: lines for the user's shell, one per pane. `follows`: a program whose output is shown. */
export type WantedWindow =
  | {
      readonly kind: 'typed'
      readonly name: string
      readonly lines: readonly string[]
      readonly layout?: string
    }
  | { readonly kind: 'follows'; readonly name: string; readonly command: string }

type Here = EnvironmentContext<TmuxConfig>

/** The windows besides the shell: the project's, those of other plugins, and logs. The first of each name wins. */
export function wantedWindows(context: Here): readonly WantedWindow[] {
  const all = [...ofProject(context), ...ofPlugins(context), ...logs(context)]
  const isFirst = ({ name }: WantedWindow, index: number) =>
    name !== 'shell' && all.findIndex(other => other.name === name) === index
  return all.filter(isFirst)
}

function ofProject({ config, environment }: Here): readonly WantedWindow[] {
  return config.windows.map(({ name, command, service, panes, layout }) => {
    const commands: readonly PaneCommand[] = [{ command, service }, ...panes]
    const lines = commands.map(command => paneLine(environment.name, command))
    return { kind: 'typed', name, lines, ...(layout === undefined ? {} : { layout }) }
  })
}

function ofPlugins(context: Here): readonly WantedWindow[] {
  return context.collect(windowSlot, undefined).map(({ value: { name, command } }) => {
    return { kind: 'follows', name, command }
  })
}

function logs({ config, environment, fact }: Here): readonly WantedWindow[] {
  const isShown = (name: string) => (Array.isArray(config.logs) ? config.logs.includes(name) : config.logs)
  return (fact(servicesFact) ?? []).filter(isShown).map(service => {
    const words = ['logs', '--env', environment.name, service, '--follow', '--tail', '200']
    return { kind: 'follows', name: service, command: `exec ${pikoLine(words)}` }
  })
}
