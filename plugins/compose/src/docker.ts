import type { Changes, Context, ExecOptions, ExecResult } from '@piko/sdk'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { type Engine, engineFact, type Invocation } from './contract.js'
import type { Site } from './site.js'

/** The only file that runs docker. Every call goes to the environment's engine, or to a given one. */
export interface Looking extends Pick<Context<unknown>, 'look' | 'dial' | 'fact' | 'signal'> {
  /** The engine of subjects that have none themselves. */
  readonly engine?: Engine
}

export interface Changing extends Looking, Pick<Changes, 'exec'> {}

/** Undefined if the subject has no engine yet: the current one applies. */
export function engineOf(context: Pick<Looking, 'fact' | 'engine'>): Engine | undefined {
  return context.engine ?? context.fact(engineFact)
}

/** The parts of a context that reach docker, on a given engine. */
export function onEngine(context: Changing, engine: Engine): Changing
export function onEngine(context: Looking, engine: Engine): Looking
export function onEngine(context: Looking & Partial<Changing>, engine: Engine): Looking {
  const { look, dial, exec, fact, signal } = context
  return { look, dial, fact, signal, engine, ...(exec ? { exec } : {}) }
}

export const overrideName = 'docker-compose.piko.yml'

/** Docker commands that `look` may run. They must not start or copy anything. */
type Question = readonly ['compose' | 'exec' | 'logs', ...string[]]

/** Runs a docker command that only reads. */
export async function lookDocker(
  context: Looking,
  args: Question,
  options?: ExecOptions,
): Promise<ExecResult> {
  const engine = engineOf(context)
  return context.look('docker', [...engineArgs(engine), ...args], withEngine(engine, options))
}

/** Runs a docker command that changes something, and shows its output. */
export async function runDocker(
  context: Changing,
  args: readonly string[],
  options?: ExecOptions,
): Promise<ExecResult> {
  const engine = engineOf(context)
  return context.exec('docker', [...engineArgs(engine), ...args], withEngine(engine, options))
}

/** Connects to the engine's API the way docker itself does. */
export function dialDocker(context: Pick<Looking, 'dial' | 'fact' | 'engine'>): Duplex {
  const engine = engineOf(context)
  return context.dial('docker', [...engineArgs(engine), 'system', 'dial-stdio'], withEngine(engine))
}

/**
 * Starts a process that runs docker once its stream ends, whether the caller ends it or dies for any reason. Writes
 * `ready`, then docker's exit code, one line each.
 */
export function dockerAfterwards(
  context: Pick<Looking, 'dial' | 'fact' | 'engine'>,
  args: readonly string[],
): Duplex {
  const engine = engineOf(context)
  const script = `trap '' INT TERM HUP; echo ready; cat >/dev/null; "$@" >/dev/null 2>&1; echo "$?"`
  const words = ['-c', script, 'piko-guard', 'docker', ...engineArgs(engine), ...args]
  return context.dial('sh', words, withEngine(engine))
}

/** Arguments between `docker` and the Compose command. */
export function composeArgs(
  invocation: Invocation,
  more: readonly string[] = [],
): readonly ['compose', ...string[]] {
  const envFiles = invocation.envFiles.flatMap(file => ['--env-file', file])
  const files = [...invocation.files, ...more].flatMap(file => ['-f', file])
  const directory = ['--project-directory', invocation.projectDirectory]
  return ['compose', '-p', invocation.project, ...directory, ...envFiles, ...files]
}

/** The same with everything piko adds to the user's files: the override, and the replicas if any are requested. */
export function projectArgs(
  invocation: Invocation,
  site: Pick<Site, 'path' | 'stateDir' | 'generatedDir'>,
): readonly string[] {
  const layers = [overridePath(site), scaleFile(site)]
  return composeArgs(
    invocation,
    layers.filter((file, index) => index === 0 || existsSync(file)),
  )
}

/** The folder and profiles for Compose. The profiles override `.env`, and the user's `--profile` overrides both. */
export function composeOptions(invocation: Invocation, profiles = invocation.profiles): ExecOptions {
  // As in a shell in that folder: files use `${PWD}/src`, and the caller's PWD may be another checkout.
  const PWD = invocation.directory
  return { cwd: invocation.directory, env: { PWD, COMPOSE_PROFILES: profiles.join(',') } }
}

export function overridePath({ path, generatedDir = path }: Pick<Site, 'path' | 'generatedDir'>): string {
  return join(generatedDir, overrideName)
}

/** The file of the layer over the override. Outside the worktree, since only piko needs it. */
export function scaleFile({ stateDir }: Pick<Site, 'stateDir'>): string {
  return join(stateDir, 'compose.scale.yaml')
}

export function nameOf(engine: Engine | undefined): string {
  if (!engine) return 'the current Docker context'
  return 'host' in engine ? engine.host : `Docker context ${engine.context}`
}

function engineArgs(engine: Engine | undefined): readonly string[] {
  return engine && 'context' in engine ? ['--context', engine.context] : []
}

function withEngine(engine: Engine | undefined, options: ExecOptions = {}): ExecOptions {
  const pinned = engine
    ? { DOCKER_CONTEXT: undefined, DOCKER_HOST: 'host' in engine ? engine.host : undefined }
    : {}
  // Not the worktree, unless requested: it may be gone before its containers are removed.
  return { cwd: '/', ...options, env: { ...withoutCompose(), ...pinned, ...options.env } }
}

/** The shell's `COMPOSE_*` variables must never decide which project, files or profiles are affected. */
function withoutCompose(): Readonly<Record<string, undefined>> {
  const names = Object.keys(process.env).filter(name => name.startsWith('COMPOSE_'))
  return Object.fromEntries(names.map(name => [name, undefined]))
}
