import { addRecord, saveKnown, setStatus, subjectOf } from '#src/environment/record.js'
import { saveServices } from '#src/environment/known-services.js'
import { leaseBlock } from '#src/leases/blocks.js'
import { claimName } from '#src/leases/names.js'
import { registerWorktree } from '#src/leases/worktrees.js'
import { leasePorts } from '#src/ports/lease.js'
import { openMachineState, openProjectState } from '#src/state/databases.js'
import type { Database } from '#src/state/open.js'
import { keepState } from '#src/state/own-state.js'
import { identify } from '#src/workspace/identify.js'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Files, makeRepository, writeFiles } from '../sandbox/repository.js'

/** Small enough for 500 environments on one machine. */
const range = { base: 10_000, size: 20, limit: 32_767 }

const files: Files = {
  '.piko.yml': `ports: { base: ${range.base}, size: ${range.size} }\n`,
  'compose.yaml':
    "services:\n  web: { image: 'nginx:latest', ports: ['80'] }\n  db: { image: 'redis:7', ports: ['6379'] }\n",
}

/** Makes repositories of the same two services. `root` and those next to it. */
export function makeProjects(roots: readonly string[], env: NodeJS.ProcessEnv): void {
  const [first, ...others] = roots
  if (first === undefined) return
  mkdirSync(first, { recursive: true })
  writeFiles(first, files)
  makeRepository(first, env)
  for (const root of others) cpSync(first, root, { recursive: true })
}

interface Recording {
  /** Default: true. Git takes longer than the databases. */
  readonly hasWorktrees?: boolean
  /** Adds what plugins publish. */
  publish?(state: Database, name: string): void
}

/**
 * Records running environments as `piko create` does, each with the ports of two services, but starts nothing. Writes to
 * the machine's registry of this process's environment variables.
 */
export async function recordEnvironments(
  root: string,
  names: readonly string[],
  { hasWorktrees = true, publish }: Recording = {},
): Promise<void> {
  const [state, machine] = [openProjectState(root), openMachineState()]
  keepState(root, join(root, '.git'))
  const project = identify({ state, machine, root }, { wanted: basename(root) })
  for (const name of names) {
    const path = join(root, '.piko/worktrees', name)
    if (hasWorktrees) addWorktree(root, { name, path })
    const { id } = addRecord(state, { name, branch: name, path })
    const owner = { project: project.id, subject: subjectOf(name) }
    leaseBlock(machine, { owner, id, range })
    registerWorktree(machine, path, owner)
    claimName(machine, { namespace: 'compose-project', wanted: `piko-${project.name}-${name}`, owner })
    await leasePorts({ state, machine, owner, block: id, range, pinned: {} }, requests)
    saveServices(state, name, { web: {}, db: {} })
    saveKnown(state, name, { variables: { PIKO_ENV_NAME: name }, columns: {}, targets: ['web', 'db'] })
    publish?.(state, name)
    setStatus(state, name, 'running')
  }
  state.close()
  machine.close()
}

const requests = [
  { service: 'web', port: 80, protocol: 'tcp' },
  { service: 'db', port: 6379, protocol: 'tcp' },
] as const

function addWorktree(root: string, { name, path }: { readonly name: string; readonly path: string }): void {
  mkdirSync(dirname(path), { recursive: true })
  execFileSync('git', ['worktree', 'add', '--quiet', '-b', name, path], { cwd: root, stdio: 'pipe' })
}
