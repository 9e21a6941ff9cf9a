import { type EnvironmentContext, fill, type Slot } from '@piko/sdk'
import { join } from 'node:path'
import type { Config } from './config.js'
import { folderOf, logOf, portKey } from './process/files.js'

type Look = EnvironmentContext<Config>

/**
 * A slot is identified by its id: this is the tmux plugin's, without a dependency on its package. If that plugin is
 * inactive, the slot is never collected.
 */
const tmuxWindow: Slot<{ readonly name: string; readonly command: string }> = { id: 'tmux.window' }

export function variables(context: Look): Readonly<Record<string, string>> {
  const entries = portsOf(context).flatMap(({ name, port }) => {
    const word = name.toUpperCase().replaceAll('-', '_')
    return [
      [`PIKO_${word}_PORT`, String(port)],
      [`PIKO_${word}_URL`, `http://localhost:${port}`],
    ]
  })
  return Object.fromEntries(entries) as Readonly<Record<string, string>>
}

/** Columns of `piko list` are stored, so this shows which processes are defined, not which are running. */
export function columns(context: Look): Readonly<Record<string, string>> {
  const ports = new Map(portsOf(context).map(({ name, port }) => [name, port]))
  const cells = names(context).map(name => (ports.has(name) ? `${name}:${ports.get(name)}` : name))
  return { Processes: cells.join(' ') }
}

export function names({ config }: Look): readonly string[] {
  return Object.keys(config)
}

/** A window that follows all logs. */
export const window = fill(tmuxWindow, ({ config, environment }: Look) => {
  const logs = Object.keys(config).map(name => logOf(join(folderOf(environment), name)))
  return { name: 'processes', command: ['tail', '-n', '200', '-F', ...logs.map(quote)].join(' ') }
})

function portsOf({ config, environment }: Look): readonly { readonly name: string; readonly port: number }[] {
  return Object.entries(config).flatMap(([name, { port: own }]) => {
    const port = own === undefined ? undefined : environment.ports[portKey(name, own)]
    return port === undefined ? [] : [{ name, port }]
  })
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
