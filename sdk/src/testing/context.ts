import { setMaxListeners } from 'node:events'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type {
  Claimant,
  Changes,
  EnvironmentName,
  FlagValue,
  PortRequest,
  RunName,
  StepContext,
  Verb,
} from '../context.js'
import type { Warning } from '../errors.js'
import { failure } from '../errors.js'
import type { Json } from '../json.js'
import type { Fact, Filled, Slot } from '../slots.js'
import type { Tables } from '../tables.js'
import type { DialOptions, ExecOptions } from '../tools.js'
import { dialProgram, runProgram, startProgram } from './program.js'

export interface TestContextOptions<Config> {
  readonly config: Config
  /** An empty folder. The worktree is `<folder>/worktree`; the plugin's files go to `<folder>/state`. */
  readonly folder: string
  readonly project?: string
  readonly environment?: string
  readonly verb?: Verb
  readonly flags?: Readonly<Record<string, FlagValue>>
  readonly targets?: readonly string[]
  readonly variables?: Readonly<Record<string, string>>
  /** The values that other plugins contribute to slots, by slot id. */
  readonly filled?: Readonly<Record<string, readonly Filled<unknown>[]>>
  /** Facts about other environments of the project, by environment. */
  readonly others?: Readonly<Record<string, ReadonlyMap<string, Json>>>
  /** Names that others have claimed. */
  readonly claims?: Readonly<Record<string, Claimant>>
  /** The first host port to assign. */
  readonly firstPort?: number
  /** The second octet of leased subnets: `10.<subnets>.n.0/26`. */
  readonly subnets?: number
  /** The plugin's tables, if a step uses them: from `testTables`, or a fake. */
  readonly tables?: Tables
}

/** A step's context that records what a test may inspect. Programs and files are real; leases are kept in memory. */
export interface TestContext<Config> extends StepContext<Config> {
  readonly facts: Map<string, Json>
  readonly warnings: Warning[]
  readonly hidden: readonly string[]
  /** Lines of `say`. */
  readonly said: readonly string[]
  readonly ensured: { readonly run: string; readonly request: unknown }[]
  readonly takenBack: { readonly run: string; readonly key: string | undefined }[]
  /** What `receipt` returns, by step id. */
  readonly receipts: Map<string, Json>
}

/** Creates a context for one environment. Throws if a step uses tables and the test passed none. */
export function createTestContext<Config>(options: TestContextOptions<Config>): TestContext<Config> {
  const memory: Memory = {
    ports: {},
    facts: new Map(),
    receipts: new Map(),
    warnings: [],
    hidden: [],
    said: [],
    ensured: [],
    takenBack: [],
  }
  return {
    ...memory,
    ...identity(options, memory),
    ...looking(options, memory),
    ...changing(options, memory),
  }
}

/** State that lives as long as the context. */
interface Memory {
  readonly ports: Record<string, number>
  readonly facts: Map<string, Json>
  readonly receipts: Map<string, Json>
  readonly warnings: Warning[]
  readonly hidden: string[]
  readonly said: string[]
  readonly ensured: TestContext<unknown>['ensured']
  readonly takenBack: TestContext<unknown>['takenBack']
}

function identity<Config>(options: TestContextOptions<Config>, { ports }: Memory) {
  const { folder, config, environment: name = 'feature', project = 'app', variables = {} } = options
  const [path, stateDir] = [join(folder, 'worktree'), join(folder, 'state')]
  return {
    config,
    project: { name: project, root: folder, id: `id-of-${project}`, formerRoots: [] },
    subject: { kind: 'environment', name } as const,
    environment: { id: 1, name, branch: name, path, status: 'creating', ports, variables, stateDir } as const,
    verb: options.verb ?? 'create',
    signal: endless(),
    flags: options.flags ?? {},
    targets: options.targets ?? [],
  }
}

/** As on the host, it may have many listeners. */
function endless(): AbortSignal {
  const { signal } = new AbortController()
  setMaxListeners(0, signal)
  return signal
}

function looking<Config>(options: TestContextOptions<Config>, { facts, receipts }: Memory) {
  return {
    look: programsIn(options),
    dial: (tool: string, args: readonly string[], given: DialOptions = {}) =>
      dialProgram(tool, args, placeOf(options, given)),
    debug: () => undefined,
    // The map holds what `publish` stored under this id, so the type is the fact's.
    fact: <Value extends Json>(fact: Fact<Value>, of?: RunName | EnvironmentName) =>
      (of && 'environment' in of ? options.others?.[of.environment] : facts)?.get(fact.id) as
        Value | undefined,
    receipt: <Receipt extends Json>(step: { readonly id: string }) =>
      receipts.get(step.id) as Receipt | undefined,
    // As with facts: a test fills a slot with values of its type.
    collect: <Value, Input>(slot: Slot<Value, Input>) =>
      (options.filled?.[slot.id] ?? []) as readonly Filled<Value>[],
    claimedBy: (name: string) => options.claims?.[name],
    read: <Result>(work: (tables: Tables) => Result) => work(tablesOf(options)),
  }
}

function changing<Config>(options: TestContextOptions<Config>, memory: Memory): Changes {
  const subnets = new Map<string, string>()
  return {
    exec: programsIn(options),
    progress: () => undefined,
    say: line => void memory.said.push(line),
    warn: warning => void memory.warnings.push(warning),
    publish: (fact, value) => void memory.facts.set(fact.id, value),
    writeFile: replaceFile,
    remove: path => rm(path, { recursive: true, force: true }),
    hideFromGit: async path => void memory.hidden.push(path),
    assignPorts: async requests => assign(memory.ports, requests, options.firstPort ?? 10100),
    claimName: (_, wanted) => wanted,
    leaseSubnet: async key => {
      const subnet = subnets.get(key) ?? `10.${options.subnets ?? 211}.${subnets.size}.0/26`
      subnets.set(key, subnet)
      return subnet
    },
    transaction: work => work(tablesOf(options)),
    ensure: async (ref, request) => void memory.ensured.push({ run: ref.id, request }),
    takeBack: async ({ run, key }) => void memory.takenBack.push({ run: run.id, key }),
    startProcess: (tool, args, given) =>
      startProgram(tool, args, { ...given, cwd: given.cwd ?? join(options.folder, 'worktree') }),
  }
}

function programsIn<Config>(options: TestContextOptions<Config>) {
  return (tool: string, args: readonly string[], given: ExecOptions = {}) =>
    runProgram(tool, args, { ...given, ...placeOf(options, given) })
}

function placeOf<Config>({ folder, variables }: TestContextOptions<Config>, given: DialOptions) {
  return { cwd: given.cwd ?? join(folder, 'worktree'), env: { ...variables, ...given.env } }
}

function tablesOf<Config>({ tables }: TestContextOptions<Config>): Tables {
  if (tables) return tables
  throw failure({ code: 'TEST_TABLES', message: 'The test context has no tables', kind: 'bug' })
}

function assign(
  ports: Record<string, number>,
  requests: readonly PortRequest[],
  first: number,
): Record<string, number> {
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
