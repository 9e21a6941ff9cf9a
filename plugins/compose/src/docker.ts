import type { Changes, Context, ExecOptions, ExecResult } from '@piko/sdk'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { type Engine, engineFact, type Invocation } from './contract.js'
import type { Site } from './site.js'

/** The one door to docker: every call goes to the engine that the environment was made on, or to the one that is given. */
export interface Looking extends Pick<Context<unknown>, 'look' | 'dial' | 'fact' | 'signal'> {
  /** For subjects that have no engine of their own. */
  readonly engine?: Engine
}

export interface Changing extends Looking, Pick<Changes, 'exec'> {}

/** Undefined where the subject was made on none so far: then it is the current one. */
export function engineOf(context: Pick<Looking, 'fact' | 'engine'>): Engine | undefined {
  return context.engine ?? context.fact(engineFact)
}

/** The parts of a context that reach docker, on an engine of one's choice. */
export function onEngine(context: Changing, engine: Engine): Changing
export function onEngine(context: Looking, engine: Engine): Looking
export function onEngine(context: Looking & Partial<Changing>, engine: Engine): Looking {
  const { look, dial, exec, fact, signal } = context
  return { look, dial, fact, signal, engine, ...(exec ? { exec } : {}) }
}

export const overrideName = 'docker-compose.piko.yml'

/** What docker may be asked through `look`: a command that starts or copies something is none of these. */
type Question = readonly ['compose' | 'exec' | 'logs', ...string[]]

/** Runs docker to look. */
export async function lookDocker(
  context: Looking,
  args: Question,
  options?: ExecOptions,
): Promise<ExecResult> {
  const engine = engineOf(context)
  return context.look('docker', [...engineArgs(engine), ...args], withEngine(engine, options))
}

/** Runs docker to change something; its lines are shown. */
export async function runDocker(
  context: Changing,
  args: readonly string[],
  options?: ExecOptions,
): Promise<ExecResult> {
  const engine = engineOf(context)
  return context.exec('docker', [...engineArgs(engine), ...args], withEngine(engine, options))
}

/** A connection to the engine's API, by whatever way docker itself goes there. */
export function dialDocker(context: Pick<Looking, 'dial' | 'fact' | 'engine'>): Duplex {
  const engine = engineOf(context)
  return context.dial('docker', [...engineArgs(engine), 'system', 'dial-stdio'], withEngine(engine))
}

/**
 * A process of its own that runs docker once, when the stream to it ends: because the caller ends it, or because the
 * caller is gone, whatever has killed it. It says `ready`, and in the end docker's exit code, a line each.
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

/** What comes between `docker` and a Compose command. */
export function composeArgs(
  invocation: Invocation,
  more: readonly string[] = [],
): readonly ['compose', ...string[]] {
  const envFiles = invocation.envFiles.flatMap(file => ['--env-file', file])
  const files = [...invocation.files, ...more].flatMap(file => ['-f', file])
  const directory = ['--project-directory', invocation.projectDirectory]
  return ['compose', '-p', invocation.project, ...directory, ...envFiles, ...files]
}

/** The same with all that piko has put on top of the user's files: the override, and the replicas where some are asked for. */
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

/** Where to run it and with which profiles; they win over those of `.env`, and the user's own `--profile` over both. */
export function composeOptions(invocation: Invocation, profiles = invocation.profiles): ExecOptions {
  // As a shell in that folder has it: files say `${PWD}/src`, and the caller's own PWD is another checkout's.
  const PWD = invocation.directory
  return { cwd: invocation.directory, env: { PWD, COMPOSE_PROFILES: profiles.join(',') } }
}

export function overridePath({ path, generatedDir = path }: Pick<Site, 'path' | 'generatedDir'>): string {
  return join(generatedDir, overrideName)
}

/** Where the layer on top of the override lies; outside the worktree, since nobody but piko needs it. */
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
  // Not the worktree, unless asked: it may be gone by the time that its containers are to go.
  return { cwd: '/', ...options, env: { ...withoutCompose(), ...pinned, ...options.env } }
}

/** A `COMPOSE_*` variable of the shell must never decide which project, files or profiles are touched. */
function withoutCompose(): Readonly<Record<string, undefined>> {
  const names = Object.keys(process.env).filter(name => name.startsWith('COMPOSE_'))
  return Object.fromEntries(names.map(name => [name, undefined]))
}
