import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PIKO } from '../sandbox/piko.js'
import { type Files, writeFiles } from '../sandbox/repository.js'
import { makeSandbox, type Sandbox } from '../sandbox/sandbox.js'
import { shop } from './compose-projects.js'
import { holdDefaultPorts } from './default-ports.js'
import { numberOfOwn } from './lanes.js'
import { findReadableByOthers } from './private-files.js'
import { type Ended, type Place, type Running, start } from './program.js'
import type { VolumeUsers } from './volume-users.js'
import { clearEngine, type EngineLists, readEngine } from './world.js'

/** Releases the default ports, if a project holds them. */
let release: () => void = () => undefined

export interface ScratchOptions {
  /** Default: the shop. `.env` is written but not committed, as git ignores it. */
  readonly files?: Files
  /** The content of `.piko.yml` besides `ports`. With false there is no `.piko.yml`, and blocks start at 10000. */
  readonly config?: string | false
  /** There is no `.piko.yml` yet. The test writes one, with `portsLine`, before it creates an environment. */
  readonly isUninitialized?: boolean
  /** Builds the folder's name from the project's unique name. */
  readonly folder?: (mark: string) => string
  /** Adds a bare repository with `main` as a remote. */
  readonly remote?: boolean
}

/** A repository with its own name, home and machine-wide state, and the real piko. */
export interface ScratchProject {
  /** Part of the names of everything created for it. */
  readonly mark: string
  readonly root: string
  /** The line of `.piko.yml` that gives it its own ports. */
  readonly portsLine: string
  /** Also holds its home, state and remote. */
  readonly folder: string
  readonly place: Place
  worktree(name: string): string
  /** The same project from another folder, or with other variables. */
  at(cwd: string, env?: NodeJS.ProcessEnv): ScratchProject
  piko(...words: readonly string[]): Promise<Ended>
  /** The same, expecting exit code 0; returns stdout. */
  pikoWell(...words: readonly string[]): Promise<string>
  json<Answer>(...words: readonly string[]): Promise<Answer>
  startPiko(...words: readonly string[]): Running
  /** On a separate terminal, with all output on stdout. */
  startOnTerminal(...words: readonly string[]): Running
  run(...command: readonly string[]): Promise<Ended>
  git(...words: readonly string[]): Promise<string>
  write(path: string, text: string): void
  commit(files: Files): Promise<void>
  engine(): EngineLists
  dispose(): void
}

export async function makeScratchProject(
  options: ScratchOptions,
  note: Place['note'],
  users: Pick<VolumeUsers, 'projectsOf'> = { projectsOf: () => '' },
): Promise<ScratchProject> {
  const mark = `e2e${randomBytes(4).toString('hex')}`
  const sandbox = makeSandbox('e2e')
  const { folder } = sandbox
  const root = join(folder, options.folder?.(mark) ?? mark)
  mkdirSync(root)
  const project = scratchProject({
    mark,
    sandbox,
    root,
    portsLine: `ports: { base: ${11_000 + 400 * numberOfOwn('blocks of ports', { from: 0, to: 25 })} }\n`,
    place: { cwd: root, env: { ...sandbox.env, ...trustOf(options), PIKO_SUBNET_POOL: subnetPool() }, note },
    users,
  })
  const { config = '' } = options
  if (config === false) release = holdDefaultPorts()
  await project.git('init', '--quiet', '--initial-branch', 'main')
  await project.commit({
    ...(options.files ?? shop),
    ...(config === false || options.isUninitialized ? {} : { '.piko.yml': project.portsLine + config }),
  })
  if (options.remote) {
    await project.run(
      'git',
      'init',
      '--quiet',
      '--bare',
      '--initial-branch',
      'main',
      join(folder, 'remote.git'),
    )
    await project.git('remote', 'add', 'origin', join(folder, 'remote.git'))
    await project.git('push', '--quiet', '--set-upstream', 'origin', 'main')
  }
  return project
}

type Facts = Pick<ScratchProject, 'mark' | 'root' | 'portsLine' | 'place'> & {
  readonly sandbox: Sandbox
  readonly users: Pick<VolumeUsers, 'projectsOf'>
}

/** A warning from Node is piko's fault. */
async function unwarned(ended: Promise<Ended>): Promise<Ended> {
  const found = await ended
  const warning = /^\(node:\d+\).*$/m.exec(found.stderr)
  if (warning) throw new Error(`\`${found.command.join(' ')}\` warns: ${warning[0]}`)
  return found
}

function scratchProject(facts: Facts): ScratchProject {
  const { mark, sandbox, root, place, users } = facts
  const run = (...command: readonly string[]) => start(command, place).ended
  const startPiko = (...words: readonly string[]) => start([...PIKO, ...words], place, ['piko', ...words])
  const well = async (ended: Promise<Ended>) => {
    const { command, exitCode, stdout, stderr } = await ended
    if (exitCode !== 0)
      throw new Error(`\`${command.join(' ')}\` ended with ${exitCode}: ${stderr || stdout}`)
    return stdout
  }
  const project: ScratchProject = {
    mark,
    folder: sandbox.folder,
    root,
    portsLine: facts.portsLine,
    place,
    worktree: name => join(root, '.piko/worktrees', name),
    at: (cwd, env = {}) =>
      scratchProject({ ...facts, place: { ...place, cwd, env: { ...place.env, ...env } } }),
    piko: (...words) => unwarned(startPiko(...words).ended),
    pikoWell: (...words) => well(unwarned(startPiko(...words).ended)),
    json: async (...words) => JSON.parse(await well(unwarned(startPiko(...words, '--json').ended))) as never,
    startPiko,
    startOnTerminal: (...words) =>
      start(['script', '-qec', [...PIKO, ...words].map(quoted).join(' '), '/dev/null'], place),
    run,
    git: async (...words) => (await well(run('git', ...words))).replace(/\n$/, ''),
    write: (path, text) => writeFiles(place.cwd, { [path]: text }),
    async commit(files) {
      writeFiles(place.cwd, files)
      await project.git('add', '--all')
      await project.git('commit', '--quiet', '--message', `Add ${Object.keys(files).join(', ')}`)
    },
    engine: () => readEngine(mark, users),
    dispose() {
      clearEngine(mark)
      release()
      const readable = findReadableByOthers({ root, folder: sandbox.folder })
      sandbox.remove()
      if (readable.length > 0) throw new Error(`Others could read ${readable.join(', ')}`)
    },
  }
  return project
}

/** A test that gives its project commands for this machine has written them itself. */
function trustOf({ config = '' }: ScratchOptions): NodeJS.ProcessEnv {
  return config !== false && /\b(scripts|windows):/.test(config) ? { PIKO_TRUST: 'all' } : {}
}

/** Not used by any other scratch project. */
function subnetPool(): string {
  const pool = numberOfOwn('subnet pools', { from: 0, to: 40 * 64 })
  return `10.${211 + (pool >> 6)}.${4 * (pool & 63)}.0/22`
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
