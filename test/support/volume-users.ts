import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Whose containers have used a volume: a nameless one has no label that would tell, and may outlive its container. */
export interface VolumeUsers {
  /** The projects of the containers that have mounted it since the watch began. */
  projectsOf(volume: string): string
  stop(): void
}

interface Event {
  readonly Action: string
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> }
}

/** Listens to what the engine does from now on. */
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

/** The projects that labels name. */
export function labelsText(table: Readonly<Record<string, string>>): string {
  return `${table['com.docker.compose.project'] ?? ''} ${table['dev.piko.project'] ?? ''}`
}
