import type { Environment } from '@piko/sdk'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Program } from './program.js'

/** What the supervisor should run: `definition.json`. */
export interface Definition {
  readonly command: string
  readonly restart: boolean
  readonly env: Readonly<Record<string, string>>
  /** The port on this machine. */
  readonly port?: number
}

/** The supervisor's report: `state.json`. */
export interface State {
  /** Leads the process group. */
  readonly supervisor: Program
  /** The process itself, while it runs. */
  readonly program?: Program
  readonly definition: Definition
  readonly starts: number
  readonly startedAt: string
  /** The exit code of the last run. */
  readonly exitCode?: number
}

/** One line of `events.jsonl`. */
export interface Event {
  readonly at: string
  readonly event: 'started' | 'ended'
  readonly code: number | null
}

/** Contains a folder for each process. */
export function folderOf({ stateDir }: Pick<Environment, 'stateDir'>): string {
  return join(stateDir, 'processes')
}

export function portKey(name: string, port: number): string {
  return `${name}:${port}/tcp`
}

export const definitionOf = (folder: string) => join(folder, 'definition.json')
export const stateOf = (folder: string) => join(folder, 'state.json')
export const eventsOf = (folder: string) => join(folder, 'events.jsonl')
export const logOf = (folder: string) => join(folder, 'output.log')

/** The names of all processes with a folder, sorted. */
export function readNames(environment: Pick<Environment, 'stateDir'>): readonly string[] {
  const folder = folderOf(environment)
  return existsSync(folder) ? readdirSync(folder).sort() : []
}

export function readDefinition(folder: string): Definition | undefined {
  return readJson(definitionOf(folder)) as Definition | undefined // only the step `processes:define` writes it
}

export function readState(folder: string): State | undefined {
  return readJson(stateOf(folder)) as State | undefined // only the supervisor writes it, by renaming
}

/** The last lines of a log. */
export function readLines(file: string, count: number): readonly string[] {
  const text = existsSync(file) ? readFileSync(file, 'utf8').trimEnd() : ''
  const lines = text === '' ? [] : text.split('\n')
  return lines.slice(Math.max(0, lines.length - count))
}

function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
