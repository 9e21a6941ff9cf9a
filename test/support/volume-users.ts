import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/**
 * The projects whose containers used a volume. An anonymous volume has no label that tells, and may outlive its
 * container.
 */
export interface VolumeUsers {
  /** The projects of the containers that mounted it since watching started. */
  projectsOf(volume: string): string
  stop(): void
}

interface Event {
  readonly Action: string
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> }
}

/** Starts listening to the engine's events. */
export function watchVolumeUsers(): VolumeUsers {
  const projects = new Map<string, string>()
  const users = new Map<string, string>()
  const filters = ['event=create', 'event=mount'].flatMap(filter => ['--filter', filter])
  const since = String(Math.floor(Date.now() / 1000))
  const words = ['events', '--since', since, ...filters, '--format', '{{json .}}']
  const child = spawn('docker', words, { stdio: ['ignore', 'pipe', 'ignore'] })
  createInterface({ input: child.stdout }).on('line', line => {
    const { Action, Actor } = JSON.parse(line) as Event
    const { ID, Attributes } = Actor
    if (Action === 'create') projects.set(ID, labelsText(Attributes))
    else users.set(ID, `${users.get(ID) ?? ''} ${projects.get(Attributes['container'] ?? '') ?? ''}`)
  })
  return {
    projectsOf: volume => users.get(volume) ?? '',
    stop: () => void child.kill(),
  }
}

/** The projects named by labels. */
export function labelsText(table: Readonly<Record<string, string>>): string {
  return `${table['com.docker.compose.project'] ?? ''} ${table['dev.piko.project'] ?? ''}`
}
