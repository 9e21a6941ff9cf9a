import { spawn } from 'node:child_process'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FlagValue, PortRequest, StepContext, Verb } from '../context.js'
import type { Fact, Filled, Slot } from '../contributions.js'
import type { Warning } from '../errors.js'
import { failure } from '../errors.js'
import type { Json } from '../json.js'
import type { RunRef, RunRequest } from '../run.js'
import type { Tables } from '../tables.js'
import type { ExecOptions, ExecResult } from '../tools.js'

export interface TestContextOptions<Config> {
  readonly config: Config
  /** An empty folder; the worktree is `<folder>/worktree`, the plugin's files go to `<folder>/state`. */
  readonly folder: string
  readonly project?: string
  readonly environment?: string
  readonly verb?: Verb
  readonly flags?: Readonly<Record<string, FlagValue>>
  readonly targets?: readonly string[]
  readonly variables?: Readonly<Record<string, string>>
  /** What other plugins fill into slots, by slot id. */
  readonly filled?: Readonly<Record<string, readonly Filled<unknown>[]>>
  /** The first host port to assign. */
  readonly firstPort?: number
  /** The second octet of leased subnets: `10.<subnets>.n.0/26`. */
  readonly subnets?: number
  /** The plugin's tables, for a step that uses them. */
  readonly tables?: Tables
}

/** A step's context with what a test wants to look at. Programs and files are real; leases live in memory. */
export interface TestContext<Config> extends StepContext<Config> {
  readonly facts: Map<string, Json>
  readonly warnings: Warning[]
  readonly hidden: readonly string[]
  readonly ensured: { readonly run: string; readonly request: unknown }[]
  /** What `receipt` answers, by step id. */
  readonly receipts: Map<string, Json>
}

/** Makes a context for one environment. Throws when a step asks for tables that the test did not give. */
export function createTestContext<Config>(options: TestContextOptions<Config>): TestContext<Config> {
  const name = options.environment ?? 'feature'
  const worktree = join(options.folder, 'worktree')
  const ports: Record<string, number> = {}
  const names = new Map<string, string>()
  const subnets = new Map<string, string>()
  const facts = new Map<string, Json>()
  const receipts = new Map<string, Json>()
  const warnings: Warning[] = []
  const hidden: string[] = []
  const ensured: TestContext<Config>['ensured'] = []
  const tables = (): Tables => {
    if (options.tables) return options.tables
    throw failure({ code: 'TEST_TABLES', message: 'The test context has no tables', kind: 'bug' })
  }
  const run = (tool: string, args: readonly string[], given: ExecOptions = {}) =>
    runProgram(tool, args, { ...given, cwd: given.cwd ?? worktree, env: { ...options.variables, ...given.env } })
  return {
    facts,
    warnings,
    hidden,
    ensured,
    receipts,
    config: options.config,
    project: { name: options.project ?? 'app', root: options.folder },
    subject: { kind: 'environment', name },
    environment: {
      id: 1,
      name,
      branch: name,
      path: worktree,
      status: 'creating',
      ports,
      variables: options.variables ?? {},
      stateDir: join(options.folder, 'state'),
    },
    verb: options.verb ?? 'create',
    signal: new AbortController().signal,
    flags: options.flags ?? {},
    targets: options.targets ?? [],
    look: run,
    exec: run,
    debug: () => undefined,
    progress: () => undefined,
    warn: warning => void warnings.push(warning),
    // The map holds what `publish` put under this very id, so the fact's type is the value's.
    fact: <Value extends Json>(fact: Fact<Value>) => facts.get(fact.id) as Value | undefined,
    publish: (fact, value) => void facts.set(fact.id, value),
    receipt: <Receipt extends Json>(step: { readonly id: string }) => receipts.get(step.id) as Receipt | undefined,
    // As with facts: the test fills a slot with values of the slot's type.
    collect: <Value, Input>(slot: Slot<Value, Input>) => (options.filled?.[slot.id] ?? []) as readonly Filled<Value>[],
    writeFile: replaceFile,
    remove: path => rm(path, { recursive: true, force: true }),
    hideFromGit: path => {
      hidden.push(path)
      return Promise.resolve()
    },
    assignPorts: requests => Promise.resolve(assign(ports, requests, options.firstPort ?? 10100)),
    claimName: (namespace, wanted) => {
      names.set(`${namespace} ${wanted}`, wanted)
      return wanted
    },
    leaseSubnet: key => {
      const subnet = subnets.get(key) ?? `10.${options.subnets ?? 211}.${subnets.size}.0/26`
      subnets.set(key, subnet)
      return Promise.resolve(subnet)
    },
    read: work => work(tables()),
    transaction: work => work(tables()),
    ensure: <Input extends Json>(ref: RunRef<Input>, request: RunRequest<Input>) => {
      ensured.push({ run: ref.id, request })
      return Promise.resolve()
    },
  }
}

function assign(ports: Record<string, number>, requests: readonly PortRequest[], first: number): Record<string, number> {
  for (const { service, port, protocol } of requests) {
    ports[`${service}:${port}/${protocol}`] ??= first + Object.keys(ports).length
  }
  return ports
}

async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.new`, text)
  await rename(`${path}.new`, path)
}

function runProgram(tool: string, args: readonly string[], options: ExecOptions): Promise<ExecResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, { cwd: options.cwd, env: { ...process.env, ...options.env } })
    const output = { stdout: '', stderr: '' }
    const collect = (stream: 'stdout' | 'stderr') => (chunk: Buffer) => {
      output[stream] += chunk.toString()
      for (const line of chunk.toString().split('\n')) if (line !== '') options.onLine?.(line)
    }
    child.stdout.on('data', collect('stdout'))
    child.stderr.on('data', collect('stderr'))
    child.on('error', cause => {
      reject(failure({ code: 'TOOL_MISSING', message: `\`${tool}\` could not be started`, kind: 'tool', cause }))
    })
    child.on('close', code => {
      const result = { stdout: output.stdout.trimEnd(), stderr: output.stderr.trimEnd(), exitCode: code ?? 1 }
      if (result.exitCode === 0 || options.allowFailure) resolve(result)
      else reject(toolFailed([tool, ...args], result))
    })
    child.stdin.end(options.input ?? '')
  })
}

function toolFailed(command: readonly string[], result: ExecResult): Error {
  return failure({
    code: 'TOOL_FAILED',
    message: `\`${command.join(' ')}\` failed (exit code ${result.exitCode})`,
    details: `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-10),
    kind: 'tool',
  })
}
