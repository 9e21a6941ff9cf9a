import type { Dependency } from '@piko/sdk'

/** A service's output, and what piko knows about the folders it searches. */
export interface ModuleFacts {
  readonly environment: string
  readonly service: string
  readonly lines: readonly string[]
  readonly dependencies: readonly Dependency[]
}

export interface ModuleHint {
  /** A sentence for the error's details. */
  readonly explanation: string
  readonly hint: string
}

/** How programs report a missing module, and where it would be. */
const missing = [
  {
    folders: ['node_modules'],
    pattern:
      /Cannot find (?:package|module) '(?!\.{0,2}\/)|ERR_MODULE_NOT_FOUND|Cannot find module '.*node_modules|sh: (?:\d+: )?[\w.-]+: (?:command )?not found/,
  },
  {
    folders: ['.venv', 'venv'],
    pattern: /ModuleNotFoundError|No module named|\bvenv\/bin\/\S+: (?:No such file|not found)/,
  },
  { folders: ['vendor'], pattern: /vendor\/autoload\.php/ },
  {
    folders: ['bundle', 'vendor'],
    pattern: /Bundler::GemNotFound|Could not find \S+ in (?:any of the sources|locally installed gems)/,
  },
  { folders: ['vendor'], pattern: /inconsistent vendoring|cannot find module providing package/ },
] as const

/** Messages of modules that were installed for another system. */
const foreign =
  /invalid ELF header|wrong ELF class|Exec format error|GLIBC_\S+' not found|ld-musl|Error loading shared library|for another platform|compiled against a different Node/

/** Explains why a service lacks a module, and gives the line that installs it. Pure. Undefined for other failures. */
export function missingModuleHint(facts: ModuleFacts): ModuleHint | undefined {
  const text = facts.lines.join('\n')
  const seen = facts.dependencies.filter(one => one.seen.some(({ service }) => service === facts.service))
  if (foreign.test(text))
    return hintFor(
      facts,
      seen.find(({ how }) => how === 'copied'),
      explainForeign,
    )
  const kinds = missing.filter(({ pattern }) => pattern.test(text))
  for (const { folders } of kinds) {
    const candidates = seen.filter(({ path }) => folders.some(folder => path.split('/').at(-1) === folder))
    const absent = candidates.find(({ how }) => how === 'absent')
    const found =
      hintFor(facts, absent, explainAbsent) ??
      hintFor(
        facts,
        candidates.find(({ how }) => how === 'copied'),
        explainCopied,
      )
    if (found) return found
  }
  return undefined
}

function hintFor(
  { environment }: ModuleFacts,
  dependency: Dependency | undefined,
  explain: (path: string) => string,
): ModuleHint | undefined {
  if (!dependency) return undefined
  const { path } = dependency
  const line = dependency.line ?? `dependencies: { ${path}: install }`
  return {
    explanation: explain(path),
    hint: `To provide it, set \`${line}\` in .piko.yml, then run \`piko up ${environment}\``,
  }
}

const explainAbsent = (path: string) => `${path} is not in this worktree: git ignores it`
const explainCopied = (path: string) =>
  `${path} is a copy of the main checkout's, which may lack what this branch needs`
const explainForeign = (path: string) =>
  `${path} is a copy of the main checkout's, which holds programs for another system than the container's`
