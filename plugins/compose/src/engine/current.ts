import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Engine } from '../contract.js'

/** The engine that docker would use now, according to DOCKER_HOST, DOCKER_CONTEXT or its configuration. */
export async function readEngine(): Promise<Engine> {
  const { DOCKER_HOST: host, DOCKER_CONTEXT: named } = process.env
  if (host) return { host }
  return { context: named || (await readConfigured()) || 'default' }
}

export function dockerConfigDir(): string {
  return process.env['DOCKER_CONFIG'] || join(homedir(), '.docker')
}

async function readConfigured(): Promise<string | undefined> {
  const current = field(await readJson(join(dockerConfigDir(), 'config.json')), 'currentContext')
  return typeof current === 'string' ? current : undefined
}

/** Reads one of Docker's files. A missing or damaged one is empty, as for Docker, which warns about the latter. */
export async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown
  } catch {
    return undefined
  }
}

export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined
}
